package dev.edge4j.render;

import dev.edge4j.Context;
import dev.edge4j.Deadline;
import dev.edge4j.GatewayTimeout;
import dev.edge4j.middleware.ContextStorage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A value of a model that is not there yet: it is worked out on a virtual thread of its own from the moment it is made, so several of them
 * are worked out side by side. A section {@code {{#reviews}}...{{/reviews}}} whose value is one is rendered for what comes of it, and
 * {@code {{^reviews}}...{{/reviews}}} directly behind it is what stands in its place until then: {@code c.render} waits and prints the
 * first, {@code c.stream} sends the second at once and the first when it is there.
 *
 * <p>It is waited for at most 10 seconds, or as {@link #within} says, counted from when the work began, and not past the deadline of the
 * request it is for: the one it is given, or that
 * {@link ContextStorage} tells of. Work that was not done by then is interrupted, and so is work whose visitor has left.
 *
 * <p>What becomes of work that throws or is late: with {@link #orElse} that value stands in, and the error is logged. Otherwise the
 * section is left out of a streamed page, and logged, for the head of it has left; and a page that is rendered as a whole fails, with what
 * was thrown or with {@link GatewayTimeout}. With {@link #orEmpty} it is left out of both.
 *
 * <p>Immutable but for the work's progress; safe for use by many threads. The work sees no {@code ContextStorage} of its own, and may not
 * use a {@code Context} that the handler goes on with.
 */
public final class Late<T> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LateWork<T> work;
  private final Duration patience;
  private final Fallback<T> fallback;

  private Late(LateWork<T> work, Duration patience, Fallback<T> fallback) {
    this.work = work;
    this.patience = patience;
    this.fallback = fallback;
  }

  /** What that work will give; it begins now. It may throw, and may not give {@code null}. */
  public static <T> Late<T> of(Callable<? extends T> work) {
    Optional<Context> current = ContextStorage.tryCurrent();
    return current.isPresent() ? of(current.get(), work) : begin(Deadline.none(), work);
  }

  /** As {@link #of(Callable)}, for that request: by its deadline, and no longer than its visitor stays. */
  public static <T> Late<T> of(Context c, Callable<? extends T> work) {
    Late<T> late = begin(c.deadline(), work);
    c.whenCancelled(late::cancel);
    return late;
  }

  private static <T> Late<T> begin(Deadline deadline, Callable<? extends T> work) {
    var begun = new LateWork<T>(work, deadline);
    Thread.ofVirtual().name("edge4j-late").start(begun);
    return new Late<>(begun, PATIENCE, Fallback.none());
  }

  /** The same work, waited for so long from its beginning. {@link IllegalArgumentException} unless positive. */
  public Late<T> within(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("within: " + time + " (expected: more than nothing)");
    }
    return new Late<>(work, time, fallback);
  }

  /** The same work, with a value that stands in if it throws or is late. */
  public Late<T> orElse(T value) {
    return new Late<>(work, patience, Fallback.of(Optional.of(value)));
  }

  /** The same work; if it throws or is late, its section is left out. */
  public Late<T> orEmpty() {
    return new Late<>(work, patience, Fallback.of(Optional.empty()));
  }

  Late<T> or(Fallback<T> other) {
    return new Late<>(work, patience, other);
  }

  /** True once there is nothing to wait for: {@link #await} returns or throws at once. */
  public boolean isSettled() {
    return work.isDone() || remaining().isZero();
  }

  /** For how long it is waited for, from now; zero if it is no longer. */
  public Duration remaining() {
    Duration left = patience.minusNanos(System.nanoTime() - work.began());
    Duration bounded = work.deadline().atMost(left);
    return bounded.isNegative() ? Duration.ZERO : bounded;
  }

  /** Runs this when the work ends, on the thread that ends it, at once if it has: it must be quick. Being late is no end, see {@link #remaining}. */
  public void whenDone(Runnable listener) {
    work.whenDone(listener);
  }

  /** Interrupts the work if it is not done: nobody wants it any more. */
  public void cancel() {
    work.cancel(true);
  }

  /**
   * Waits for the value, or what stands in for it; empty with {@link #orEmpty} alone. Throws what the work threw, {@link GatewayTimeout}
   * if it is late, and {@link InterruptedException} if the thread that waits is interrupted.
   */
  public Optional<T> await() throws Exception {
    try {
      // A result that is there counts, however late somebody comes to ask for it.
      return Optional.of(work.isDone() ? work.get() : work.get(remaining().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      work.cancel(true);
      return fallback.instead(new GatewayTimeout("a late value was not there within " + patience.toMillis() + " ms"));
    } catch (CancellationException e) {
      return fallback.instead(e);
    } catch (ExecutionException e) {
      return fallback.instead(Objects.requireNonNullElse(e.getCause(), e));
    }
  }
}
