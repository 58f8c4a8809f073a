package dev.edge4j.data;

import java.util.List;

/**
 * A sink that knows a batch again, so that one whose answer was lost can be tried again without being counted twice.
 *
 * <p>How many tokens a sink remembers, and for how long, is bounded, and each says how. Who tries again does so before many other
 * batches, as {@code dev.edge4j.data.outbox.Outbox} does: it delivers in order.
 */
public interface IdempotentSink extends EventSink {
  /**
   * Takes a batch as {@link #appendAll} does, unless it has taken one of that token: then it does nothing. A token stands for the same
   * events in the same order, however often they are handed in.
   *
   * @param token one that no other batch of any program has, as a random UUID
   */
  void appendOnce(String token, List<?> events);
}
