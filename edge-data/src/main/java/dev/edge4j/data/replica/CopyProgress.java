package dev.edge4j.data.replica;

import java.time.Duration;

/**
 * How far the copying of a table has come.
 *
 * @param rows how many rows are copied
 * @param done whether these are all
 * @param since how long the table has been copied
 */
public record CopyProgress(String table, long rows, boolean done, Duration since) {
  /** The mean rate until now. */
  public long rowsPerSecond() {
    return Math.round(rows * 1e9 / Math.max(1, since.toNanos()));
  }

  @Override
  public String toString() {
    return "%s: %,d rows%s, %,d rows/s".formatted(table, rows, done ? ", done" : "", rowsPerSecond());
  }
}
