package dev.edge4j.data.postgres;

import dev.edge4j.data.QueryDeadline;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before an attempt is made again: a random time in a window that doubles (full jitter). It begins at how long the
 * attempt took, because it is by then that the transactions in the way are over, on a slow machine as on a fast one.
 */
final class Backoff {
  private static final long SHORTEST_NANOS = Duration.ofMillis(1).toNanos();
  private static final long LONGEST_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int DOUBLINGS = 20;

  private Backoff() {}

  /** Waits before the attempt after the {@code failed}th, but never past the caller's deadline. */
  static void pause(int failed, long attemptNanos) throws InterruptedException {
    long first = Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, attemptNanos));
    long window = Math.min(LONGEST_NANOS, first << Math.min(failed, DOUBLINGS));
    long pause = ThreadLocalRandom.current().nextLong(window + 1);
    Thread.sleep(QueryDeadline.atMost(Duration.ofNanos(pause)));
  }
}
