package dev.edge4j.middleware;

import java.time.Duration;

/**
 * The generic cell rate algorithm, in its virtual scheduling form: a client's whole state is its theoretical arrival time (TAT), the
 * moment from which its quota is full again. Each request moves it on by one interval; a request that would move it further ahead
 * of now than the capacity is refused and changes nothing.
 *
 * <p>In any stretch of time L it lets through at most {@code burst + L / interval} requests.
 *
 * <p>Source: ITU-T I.371 (03/2004), annex A. Times are nanoseconds of one monotonic clock that may wrap, as
 * {@link System#nanoTime()} may.
 *
 * @param interval nanoseconds that restore one request
 * @param capacity how far the TAT may lie ahead of now: the burst in intervals
 */
record Gcra(long interval, long capacity) {
  private static final Duration MIN_WINDOW = Duration.ofSeconds(1);
  private static final Duration MAX_WINDOW = Duration.ofDays(366);

  /**
   * What happens to a request.
   *
   * @param allowed whether it may go on
   * @param tat the client's TAT from now on
   * @param remaining how many more would be allowed at this moment
   * @param retryAfter nanoseconds until one would be allowed; 0 if this one is
   * @param reset nanoseconds until the quota is full
   */
  record Decision(boolean allowed, long tat, int remaining, long retryAfter, long reset) {}

  static Gcra of(int requests, Duration window, int burst) {
    if (requests < 1 || requests > 1_000_000_000) {
      throw new IllegalArgumentException("requests: " + requests + " (expected: 1 to 1000000000)");
    }
    if (window.compareTo(MIN_WINDOW) < 0 || window.compareTo(MAX_WINDOW) > 0) {
      throw new IllegalArgumentException("window: " + window + " (expected: 1 second to 366 days)");
    }
    if (burst < 1 || burst > requests) {
      throw new IllegalArgumentException("burst: " + burst + " (expected: 1 to the number of requests, " + requests
          + ")");
    }
    long interval = Math.ceilDiv(window.toNanos(), requests);
    return new Gcra(interval, interval * burst);
  }

  /** Decides about one request of a client with that TAT; a client that is not known has {@code now}. */
  Decision decide(long tat, long now) {
    long ahead = Math.max(0, tat - now);
    long moved = ahead + interval;
    if (moved > capacity) {
      return new Decision(false, tat, 0, moved - capacity, ahead);
    }
    return new Decision(true, now + moved, (int) ((capacity - moved) / interval), 0, moved);
  }
}
