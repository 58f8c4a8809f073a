package dev.edge4j.data;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A store that tells what changed in it, in the order of its commits and after each is visible to a reader. Whoever caches rows
 * invalidates by it. Where changes may have been missed (a connection was lost, a copy was built anew) the feed says
 * {@link RowChange#all} of every table that is watched. Safe for use by many threads.
 */
public interface ChangeFeed {
  /**
   * Tells {@code listener} what each commit from now on changed in {@code tables}, until the subscription is closed. Throws
   * {@link IllegalArgumentException} for a table that the store does not have or does not watch. Listeners are called one after
   * the other, on a thread of the feed: they must not block for long, and what they throw is logged.
   */
  Subscription watch(Set<String> tables, Consumer<List<RowChange>> listener);

  /** What {@link #watch} began. */
  interface Subscription extends AutoCloseable {
    /** Ends it; the listener may be told once more, no later than this returns. */
    @Override
    void close();
  }
}
