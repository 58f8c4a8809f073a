package dev.edge4j.data.outbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How an {@link Outbox} keeps and delivers. Start from {@link #defaults()}.
 *
 * @param accept which events go to the disk
 * @param bound how much may lie there
 * @param batch how events are delivered together
 * @param backoff how long to wait for a sink that fails
 * @param attempts how often a batch is tried of which the sink says that its events are at fault
 * @param drain how long {@link Outbox#flush()} and {@link Outbox#close} may take to deliver what is there
 */
public record OutboxOptions(Accept accept, Bound bound, Batch batch, Backoff backoff, int attempts, Duration drain) {

  /** Which events go to the disk. */
  public enum Accept {
    /** All: each is durable when it is taken, and delivered by and by. */
    ALWAYS,
    /** Those the sink does not take at once, because it fails or others wait for it: for who appends in batches already. */
    WHEN_AWAY
  }

  /** What happens to an event for which there is no room. */
  public enum WhenFull {
    /** It is refused, by an exception. */
    REFUSE,
    /** The oldest that are not being delivered are dropped, and counted; what was set aside goes first. */
    DROP_OLDEST
  }

  /**
   * How much may lie on the disk, events set aside included. The file is as large as it once was full.
   *
   * @param bytes of their JSON; the file takes about a tenth more
   */
  public record Bound(long events, long bytes, WhenFull whenFull) {
    public Bound {
      if (events < 1 || bytes < 1) {
        throw new IllegalArgumentException("bound: " + events + " events, " + bytes
            + " bytes (expected: at least 1 each)");
      }
    }
  }

  /**
   * When events are delivered: once there are so many, or so many bytes, or the first has waited about so long.
   *
   * @param bytes of their JSON; an event that is larger goes alone
   */
  public record Batch(int events, long bytes, Duration delay) {
    public Batch {
      if (events < 1 || bytes < 1 || !delay.isPositive()) {
        throw new IllegalArgumentException("batch: " + events + " events, " + bytes + " bytes, " + delay
            + " (expected: at least 1 each, and a positive duration)");
      }
    }
  }

  /** How long to wait after a failure: twice as long after each, up to the longest, and at random between half of that and all. */
  public record Backoff(Duration first, Duration longest) {
    public Backoff {
      if (!first.isPositive() || longest.compareTo(first) < 0) {
        throw new IllegalArgumentException("backoff: " + first + ", " + longest
            + " (expected: positive, and at least as long)");
      }
    }

    /** The wait after so many failures in a row, the first of which is 1. */
    Duration after(int failures, RandomGenerator random) {
      long most = longest.toNanos();
      long wait = first.toNanos();
      for (int i = 1; i < failures && wait < most; i++) {
        wait = wait > most / 2 ? most : wait * 2;
      }
      return Duration.ofNanos(wait / 2 + random.nextLong(wait - wait / 2 + 1));
    }
  }

  public OutboxOptions {
    if (attempts < 1 || drain.isNegative()) {
      throw new IllegalArgumentException("attempts, drain: " + attempts + ", " + drain
          + " (expected: at least 1, not negative)");
    }
  }

  /**
   * Every event to the disk, up to a million and 256 MB, then refused; batches of up to 5,000 events and 4 MB, after a second at the
   * latest; waits of 100 ms to 30 s; 3 attempts; 5 seconds to drain.
   */
  public static OutboxOptions defaults() {
    return new OutboxOptions(Accept.ALWAYS, new Bound(1_000_000, 256L << 20, WhenFull.REFUSE), new Batch(5_000,
        4L << 20,
        Duration.ofSeconds(1)), new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30)), 3, Duration.ofSeconds(5));
  }

  public OutboxOptions withAccept(Accept value) {
    return new OutboxOptions(value, bound, batch, backoff, attempts, drain);
  }

  public OutboxOptions withBound(long events, long bytes, WhenFull whenFull) {
    return new OutboxOptions(accept, new Bound(events, bytes, whenFull), batch, backoff, attempts, drain);
  }

  public OutboxOptions withBatch(int events, long bytes, Duration delay) {
    return new OutboxOptions(accept, bound, new Batch(events, bytes, delay), backoff, attempts, drain);
  }

  public OutboxOptions withBackoff(Duration first, Duration longest) {
    return new OutboxOptions(accept, bound, batch, new Backoff(first, longest), attempts, drain);
  }

  public OutboxOptions withAttempts(int count) {
    return new OutboxOptions(accept, bound, batch, backoff, count, drain);
  }

  public OutboxOptions withDrain(Duration atMost) {
    return new OutboxOptions(accept, bound, batch, backoff, attempts, atMost);
  }
}
