package dev.edge4j.data.sqlite;

import dev.edge4j.data.sql.NamedSql;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of each statement: its parsed form, and how long it takes. Bounded: what comes past the bound is parsed anew. */
final class Statements {
  private static final int KEPT = 2_048;

  /** One statement. Its time is a moving average, racily kept: it decides where the next one runs, and nothing else. */
  static final class Known {
    /** A carrier held for longer than this is felt by other virtual threads. */
    private static final long LONG_NANOS = 1_000_000;

    private final NamedSql named;
    private volatile long meanNanos;

    private Known(NamedSql named) {
      this.named = named;
    }

    NamedSql named() {
      return named;
    }

    boolean takesLong() {
      return meanNanos > LONG_NANOS;
    }

    void took(long nanos) {
      long mean = meanNanos;
      meanNanos = mean + (nanos - mean) / 8;
    }
  }

  private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();

  Known of(String sql) {
    Known statement = known.get(sql);
    if (statement == null) {
      statement = new Known(NamedSql.parse(sql));
      if (known.size() < KEPT) {
        Known first = known.putIfAbsent(sql, statement);
        return first == null ? statement : first;
      }
    }
    return statement;
  }
}
