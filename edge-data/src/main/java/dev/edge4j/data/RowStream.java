package dev.edge4j.data;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Hands rows on, and keeps two things from being taken for a store that fails and is replaced: what the receiver throws, and the
 * failure of a store of which rows have been handed on. Confined to one call.
 */
final class RowStream<T> {
  private final Consumer<? super T> each;
  private long handed;

  /** Passes the chain of stores by. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient RuntimeException why;

    Broken(RuntimeException why) {
      super(why.getMessage(), why, false, false);
      this.why = why;
    }
  }

  RowStream(Consumer<? super T> each) {
    this.each = each;
  }

  long run(Function<RowStream<T>, Long> reading) {
    try {
      return reading.apply(this);
    } catch (Broken e) {
      throw e.why;
    }
  }

  long read(DataStore store, Class<T> type, String sql, Map<String, ?> args) {
    try {
      return store.forEach(type, sql, args, this::hand);
    } catch (StoreException e) {
      throw handed == 0 ? e : new Broken(e);
    }
  }

  private void hand(T row) {
    handed++;
    try {
      each.accept(row);
    } catch (RuntimeException e) {
      throw new Broken(e);
    }
  }
}
