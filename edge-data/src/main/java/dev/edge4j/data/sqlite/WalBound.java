package dev.edge4j.data.sqlite;

import java.io.File;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the write-ahead log small. SQLite copies it into the file by itself, but begins it anew only when it happens to meet no reader
 * of an older snapshot; under steady reads that may never be, and the log grows for ever. So when it has grown past a bound the writer
 * holds its place, waits a moment for the readers (new ones read the newest snapshot and are not in the way) and empties it.
 *
 * <p>It waits longer the larger the log has grown, so that reads of a second cannot make it grow for ever either, and no more than a
 * twentieth of the time. A stream or a backup that runs for long keeps its snapshot, and the log grows until it ends. Confined to the
 * writer's thread.
 */
final class WalBound {
  private static final Logger LOG = LoggerFactory.getLogger(WalBound.class);

  /** Four times what SQLite lets it grow to between two of its own checkpoints. */
  static final long BYTES = 16L << 20;

  private static final Duration PATIENCE = Duration.ofMillis(25);
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(2);
  private static final int REST = 20;

  private final File log;
  private final Duration busyTimeout;
  /** When to try again after it has failed: at that time or that size. */
  private long nextNanos;
  private long nextBytes = BYTES;

  WalBound(Path file, Duration busyTimeout) {
    this.log = new File(file + "-wal");
    this.busyTimeout = busyTimeout;
  }

  void afterCommit(SqlConnection connection) {
    long bytes = log.length();
    if (bytes <= BYTES || (bytes < nextBytes && System.nanoTime() - nextNanos < 0)) {
      return;
    }
    try {
      Duration patience = patience(bytes);
      nextBytes = empty(connection, patience) ? BYTES : 2 * bytes;
      nextNanos = System.nanoTime() + REST * patience.toNanos();
    } catch (SQLException e) { // the commits are safe, and the next one tries again
      LOG.warn("{}: the write-ahead log of {} bytes cannot be emptied: {}", log, bytes, e.getMessage());
    }
  }

  private static Duration patience(long bytes) {
    long times = bytes / BYTES;
    Duration patience = PATIENCE.multipliedBy(Math.min(times * times, 1_000));
    return patience.compareTo(MOST_PATIENCE) < 0 ? patience : MOST_PATIENCE;
  }

  private boolean empty(SqlConnection connection, Duration patience) throws SQLException {
    wait(connection, patience);
    try {
      return connection.query("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getInt(1)).equals(List.of(0));
    } finally {
      wait(connection, busyTimeout);
    }
  }

  private static void wait(SqlConnection connection, Duration time) throws SQLException {
    connection.query("PRAGMA busy_timeout = " + time.toMillis(), row -> row.getInt(1));
  }
}
