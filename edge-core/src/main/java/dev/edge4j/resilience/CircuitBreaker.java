package dev.edge4j.resilience;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Stops asking a dependency that fails. Closed, it lets every call through and counts how they end; once too many of a window have failed or
 * were slow it opens, and calls fail at once; after a while it lets a few probes through, and closes if all succeed. One breaker for each thing
 * that fails by itself: a host, a shard, not a whole service.
 *
 * <p>What a call began under is what it counts for: the end of one that began before the breaker opened changes nothing any more. A probe that
 * never ends is replaced after the time that the breaker was open.
 *
 * <p>Source: Nygard, Release It!, "Circuit Breaker". Nobody waits here for anybody. Safe for use by many threads.
 */
public final class CircuitBreaker {
  private static final int CALLS = 0;
  private static final int FAILED = 1;
  private static final int SLOW = 2;
  private static final int KINDS = 3;

  /** So that not all breakers of a fleet ask again at the same moment. */
  private static final double JITTER = 0.2;

  /** What a breaker does now. */
  public enum Position {
    /** Calls are made. */
    CLOSED,
    /** Calls fail at once. */
    OPEN,
    /** A few probes are made; all other calls fail at once. */
    HALF_OPEN
  }

  /** Immutable but for the counts of a window. */
  private sealed interface State {
    Position position();
  }

  private record Closed(SlidingWindow window) implements State {
    @Override
    public Position position() {
      return Position.CLOSED;
    }
  }

  private record Open(long since, Duration length, Duration next) implements State {
    @Override
    public Position position() {
      return Position.OPEN;
    }

    Duration left(long now) {
      return length.minusNanos(Math.max(0, now - since));
    }
  }

  /** Probes that were begun, and whose round they belong to: a new one begins with a new object. */
  private record HalfOpen(Object round, long since, Open before, int begun, int succeeded) implements State {
    @Override
    public Position position() {
      return Position.HALF_OPEN;
    }
  }

  private final String name;
  private final BreakerOptions options;
  private final LongSupplier nanoTime;
  private final DoubleSupplier random;
  private final Consumer<? super Position> listener;
  private final AtomicReference<State> state;

  private CircuitBreaker(String name, BreakerOptions options, LongSupplier nanoTime, DoubleSupplier random,
      Consumer<? super Position> listener) {
    this.name = name;
    this.options = options;
    this.nanoTime = nanoTime;
    this.random = random;
    this.listener = listener;
    this.state = new AtomicReference<>(closed(nanoTime.getAsLong()));
  }

  /** A closed one; its name is what errors call the dependency. */
  public static CircuitBreaker of(String name, BreakerOptions options) {
    return of(name, options, System::nanoTime, () -> ThreadLocalRandom.current().nextDouble(), _ -> {
      // Nobody listens.
    });
  }

  /**
   * A closed one.
   *
   * @param nanoTime a clock of nanoseconds that may wrap
   * @param random numbers from 0 to 1, that one excluded
   * @param listener is told each new position, on the thread of the call that caused it; must not block
   */
  public static CircuitBreaker of(String name, BreakerOptions options, LongSupplier nanoTime, DoubleSupplier random,
      Consumer<? super Position> listener) {
    return new CircuitBreaker(name, options, nanoTime, random, listener);
  }

  /** Makes the call and counts how it ends: what it throws is a failure. {@link BreakerOpenException} if it is not made. */
  public <T> T call(Callable<? extends T> call) throws Exception {
    Pass pass = pass();
    T result;
    try {
      result = call.call();
    } catch (Throwable e) {
      pass.failed();
      throw e;
    }
    pass.succeeded();
    return result;
  }

  /** Leave to make one call, whose end must be told. {@link BreakerOpenException} if there is none now. */
  public Pass pass() {
    return tryPass().orElseThrow(() -> new BreakerOpenException(name, retryAfter()));
  }

  /** Leave to make one call, whose end must be told; empty if there is none now. */
  public Optional<Pass> tryPass() {
    while (true) {
      State before = state.get();
      long now = nanoTime.getAsLong();
      switch (before) {
        case Closed closed -> {
          return Optional.of(new Pass(closed, now));
        }
        case Open open when open.left(now).isPositive() -> {
          return Optional.empty();
        }
        case Open open -> change(open, new HalfOpen(new Object(), now, open, 0, 0));
        case HalfOpen half when half.begun < options.probes() -> {
          if (change(half, new HalfOpen(half.round, half.since, half.before, half.begun + 1, half.succeeded))) {
            return Optional.of(new Pass(half.round, now));
          }
        }
        case HalfOpen half when now - half.since < half.before.length.toNanos() -> {
          return Optional.empty();
        }
        case HalfOpen half -> change(half, new HalfOpen(new Object(), now, half.before, 0, 0));
      }
    }
  }

  public Position position() {
    return state.get().position();
  }

  /** How long no call will be made; zero if one may be, or its probes are under way. */
  public Duration retryAfter() {
    if (!(state.get() instanceof Open open)) {
      return Duration.ZERO;
    }
    Duration left = open.left(nanoTime.getAsLong());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Leave to make one call. Its end is told once; telling it again is ignored. */
  public final class Pass {
    private final Object belongsTo;
    private final long began;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Pass(Object belongsTo, long began) {
      this.belongsTo = belongsTo;
      this.began = began;
    }

    /** The dependency has done what was asked; if it took its time, the call counts as slow. */
    public void succeeded() {
      end(false);
    }

    /** It has failed, or not answered in time. What is the caller's own fault, a 404 say, is no failure. */
    public void failed() {
      end(true);
    }

    private void end(boolean failed) {
      if (ended.compareAndSet(false, true)) {
        long now = nanoTime.getAsLong();
        boolean slow = now - began >= options.slowCall().toNanos();
        ended(belongsTo, failed, slow, now);
      }
    }
  }

  private void ended(Object belongsTo, boolean failed, boolean slow, long now) {
    while (true) {
      State before = state.get();
      switch (before) {
        case Closed closed when closed == belongsTo -> {
          count(closed, failed, slow, now);
          return;
        }
        case HalfOpen half when half.round == belongsTo -> {
          if (change(half, afterProbe(half, failed || slow, now))) {
            return;
          }
        }
        default -> {
          return; // it began under what is over
        }
      }
    }
  }

  private void count(Closed closed, boolean failed, boolean slow, long now) {
    SlidingWindow window = closed.window;
    window.count(CALLS, now);
    if (failed) {
      window.count(FAILED, now);
    }
    if (slow) {
      window.count(SLOW, now);
    }
    int calls = window.sum(CALLS, now);
    boolean tooMany = calls >= options.minCalls() && (window.sum(FAILED, now) >= options.failureRate() * calls
        || window.sum(SLOW, now) >= options.slowRate() * calls);
    if (tooMany) {
      change(closed, open(options.open(), now));
    }
  }

  private State afterProbe(HalfOpen half, boolean failed, long now) {
    if (failed) {
      return open(half.before.next, now);
    }
    int succeeded = half.succeeded + 1;
    return succeeded >= options.probes() ? closed(now)
        : new HalfOpen(half.round, half.since, half.before, half.begun, succeeded);
  }

  private Closed closed(long now) {
    return new Closed(new SlidingWindow(KINDS, options.window(), now));
  }

  private Open open(Duration length, long now) {
    double factor = 1 + JITTER * (2 * random.getAsDouble() - 1);
    Duration doubled = length.multipliedBy(2);
    Duration next = doubled.compareTo(options.longestOpen()) > 0 ? options.longestOpen() : doubled;
    return new Open(now, Duration.ofNanos(Math.round(length.toNanos() * factor)), next);
  }

  private boolean change(State before, State after) {
    boolean changed = state.compareAndSet(before, after);
    if (changed && before.position() != after.position()) {
      listener.accept(after.position());
    }
    return changed;
  }
}
