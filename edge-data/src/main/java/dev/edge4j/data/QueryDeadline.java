package dev.edge4j.data;

import dev.edge4j.Deadline;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Until when the statements that a thread runs must have an answer. The mesh sets it around each call; a store asks {@link #atMost}
 * and passes the time on to its engine, so that what nobody waits for any more does not run on. A scoped value (JEP 506): it ends
 * with the call that it was set around, and a store that hands work to another thread reads it before it does.
 */
public final class QueryDeadline {
  private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

  private QueryDeadline() {}

  /** The deadline of the statement that this thread runs; none outside of {@link #within}. */
  public static Deadline current() {
    return CURRENT.orElse(Deadline.none());
  }

  /** The time that a statement may take: what is left of the deadline, and never more than {@code most}. */
  public static Duration atMost(Duration most) {
    return current().atMost(most);
  }

  /** Runs work under the sooner of this deadline and the one that already holds. */
  public static <T> T within(Deadline deadline, Supplier<T> work) {
    return ScopedValue.where(CURRENT, current().sooner(deadline)).call(work::get);
  }
}
