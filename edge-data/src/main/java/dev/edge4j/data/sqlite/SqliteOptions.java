package dev.edge4j.data.sqlite;

import java.time.Duration;

/**
 * How a database is opened. Start from {@link #defaults()}.
 *
 * @param synchronous when a commit counts as durable
 * @param readers connections for short reads; one to two per core (16 gave 0.9 of the throughput of 2 on two cores)
 * @param longReaders connections and platform threads for long queries
 * @param queueCapacity writes that may wait for the writer; past it a caller waits for room
 * @param groupSize writes committed together at the most
 * @param busyTimeout how long to wait for another program that holds the file's write lock
 * @param mmapBytes how much of the file is mapped into memory for reads (without it 0.7 of the throughput)
 * @param quickCheck whether opening runs {@code PRAGMA quick_check}, which reads the whole file
 */
public record SqliteOptions(Synchronous synchronous, int readers, int longReaders, int queueCapacity, int groupSize,
    Duration busyTimeout, long mmapBytes, boolean quickCheck) {

  /** When a commit counts as durable, in WAL mode. */
  public enum Synchronous {
    /** After the write-ahead log is on disk: survives a power cut. */
    FULL,
    /** After the log is with the operating system: survives a crash of the process, a power cut may take the last commits. */
    NORMAL
  }

  public SqliteOptions {
    if (readers < 1 || longReaders < 1 || queueCapacity < 1 || groupSize < 1) {
      throw new IllegalArgumentException("readers, longReaders, queueCapacity, groupSize: " + readers + ", "
          + longReaders + ", " + queueCapacity + ", " + groupSize + " (expected: at least 1 each)");
    }
    if (busyTimeout.isNegative() || mmapBytes < 0) {
      throw new IllegalArgumentException("busyTimeout, mmapBytes: " + busyTimeout + ", " + mmapBytes
          + " (expected: not negative)");
    }
  }

  /** Durable against power cuts, a reader per core and at least two, groups of up to 512 writes. */
  public static SqliteOptions defaults() {
    int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
    return new SqliteOptions(Synchronous.FULL, cores, 2, 8_192, 512, Duration.ofSeconds(5), 1L << 30, true);
  }

  public SqliteOptions withSynchronous(Synchronous value) {
    return new SqliteOptions(value, readers, longReaders, queueCapacity, groupSize, busyTimeout, mmapBytes, quickCheck);
  }

  public SqliteOptions withReaders(int count) {
    return new SqliteOptions(synchronous, count, longReaders, queueCapacity, groupSize, busyTimeout, mmapBytes,
        quickCheck);
  }

  public SqliteOptions withQueueCapacity(int writes) {
    return new SqliteOptions(synchronous, readers, longReaders, writes, groupSize, busyTimeout, mmapBytes, quickCheck);
  }

  public SqliteOptions withBusyTimeout(Duration timeout) {
    return new SqliteOptions(synchronous, readers, longReaders, queueCapacity, groupSize, timeout, mmapBytes,
        quickCheck);
  }

  public SqliteOptions withQuickCheck(boolean check) {
    return new SqliteOptions(synchronous, readers, longReaders, queueCapacity, groupSize, busyTimeout, mmapBytes,
        check);
  }
}
