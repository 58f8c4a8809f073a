package dev.edge4j.data;

import java.time.Duration;
import java.util.Locale;

/** The promises of a {@link DataMesh}, to be imported statically. */
public final class Promises {
  private Promises() {}

  /** Rows that are never older than {@code maxLag}. */
  public static Promise.Eventual eventual(Duration maxLag) {
    return new Promise.Eventual(maxLag, Duration.ZERO, false);
  }

  /** Rows in which a visitor sees his own writes. */
  public static Promise.Sql readAfterWrite() {
    return new Promise.ReadAfterWrite();
  }

  /** Rows as they are now. */
  public static Promise.Sql strong() {
    return new Promise.Strong();
  }

  /** Values that are gone after {@code atMost}. */
  public static Promise.Kv ttl(Duration atMost) {
    return new Promise.Ttl(atMost);
  }

  /** Events in batches of up to {@code count}, none held back longer than {@code delay}. */
  public static Promise.Events batched(int count, Duration delay) {
    return new Promise.Batched(count, delay);
  }

  /** Events that are where the sink puts them when they are appended; the promise for an outbox on disk. */
  public static Promise.Events direct() {
    return new Promise.Direct();
  }

  /** A duration as people write it: 5s, 1h, 2m30s. */
  static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
