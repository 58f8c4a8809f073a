package dev.edge4j.data;

import java.util.List;

/**
 * Takes events and gives none back. An event is a record, or a map of strings to what JSON has. Safe for use by many threads.
 * What is handed in must not be changed afterwards.
 *
 * <p>Who writes a sink of his own has it run {@code dev.edge4j.data.contract.EventSinkContract}. Batching is not its business:
 * {@link BatchingSink} keeps events in memory until there are enough of them, and {@code dev.edge4j.data.outbox.Outbox} on disk until they
 * are delivered. A sink that fails says by {@link StoreException#permanent()} whether the events are at fault.
 */
public interface EventSink extends AutoCloseable {
  /** Takes an event; throws {@link IllegalArgumentException} if it is neither a record nor a map. */
  default void append(Object event) {
    appendAll(List.of(event));
  }

  /**
   * Takes events, all or none, in order. When this returns they are where the sink puts them, unless it says that it keeps them
   * back for a while. Throws {@link StoreException} if it fails.
   */
  void appendAll(List<?> events);

  /** Waits until every event taken so far is where the sink puts it, or has been counted as dropped. */
  default void flush() {}

  /** How many events were taken and then lost. */
  default long dropped() {
    return 0;
  }

  /** What it runs on, as in {@code sqlite}. */
  String engine();

  /** Flushes and closes. */
  @Override
  void close();
}
