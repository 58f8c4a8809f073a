package dev.edge4j.middleware.ratelimit;

import org.jspecify.annotations.Nullable;

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
record Gcra(long interval, long capacity) implements RateAlgorithm {
  /** A client's TAT. */
  record Tat(long tat) implements RateState {
    @Override
    public long ahead(long now) {
      return tat - now;
    }
  }

  static Gcra of(RatePolicy policy) {
    long interval = Math.ceilDiv(policy.window().toNanos(), policy.requests());
    return new Gcra(interval, interval * policy.burst());
  }

  @Override
  public Taken take(@Nullable RateState state, int tokens, long now) {
    long ahead = state == null ? 0 : Math.max(0, state.ahead(now));
    long moved = ahead + interval * tokens;
    if (moved > capacity) {
      return new Taken(new RateDecision(false, (capacity - ahead) / interval, moved - capacity, ahead), null);
    }
    return new Taken(new RateDecision(true, (capacity - moved) / interval, 0, moved), new Tat(now + moved));
  }
}
