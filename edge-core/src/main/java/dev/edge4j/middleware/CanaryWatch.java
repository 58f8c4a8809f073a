package dev.edge4j.middleware;

import dev.edge4j.CanaryShare;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * Takes a canary back by itself: {@code stable.use(watch.stable())} and {@code next.use(watch.next())} count how requests end, and once the
 * {@link CanaryJudge} finds the next version worse its share is 0 and the listener is told, once. Counts begin anew after each window, so what was
 * good for long does not hide what is bad now. A new {@link CanaryShare#set} begins another try.
 *
 * <p>Safe for use by many threads.
 */
public final class CanaryWatch {
  private record Counts(LongAdder requests, LongAdder failed, LongAdder slow) {
    Counts() {
      this(new LongAdder(), new LongAdder(), new LongAdder());
    }

    CanaryJudge.Outcome outcome() {
      return new CanaryJudge.Outcome(requests.sum(), failed.sum(), slow.sum());
    }
  }

  private record Window(long began, Counts stable, Counts next) {
    Window(long began) {
      this(began, new Counts(), new Counts());
    }
  }

  private final CanaryShare share;
  private final CanaryJudge judge;
  private final Duration late;
  private final Duration length;
  private final BiConsumer<? super CanaryJudge.Outcome, ? super CanaryJudge.Outcome> listener;
  private final AtomicReference<Window> window = new AtomicReference<>(new Window(0));

  private CanaryWatch(CanaryShare share, CanaryJudge judge, Duration late, Duration length,
      BiConsumer<? super CanaryJudge.Outcome, ? super CanaryJudge.Outcome> listener) {
    this.share = share;
    this.judge = judge;
    this.late = late;
    this.length = length;
    this.listener = listener;
  }

  /**
   * Watches over this share, in windows of 5 minutes.
   *
   * @param late a request that takes so long counts as slow
   * @param listener is told what the stable and the next version had done, on the thread of a request; must not block
   */
  public static CanaryWatch over(CanaryShare share, CanaryJudge judge, Duration late,
      BiConsumer<? super CanaryJudge.Outcome, ? super CanaryJudge.Outcome> listener) {
    if (!late.isPositive()) {
      throw new IllegalArgumentException("late: " + late + " (expected: more than zero)");
    }
    return new CanaryWatch(share, judge, late, Duration.ofMinutes(5), listener);
  }

  /** What the stable application uses. */
  public Gate stable() {
    return new Counting(false);
  }

  /** What the next application uses. */
  public Gate next() {
    return new Counting(true);
  }

  private final class Counting implements Gate {
    private final Key<Long> began = Key.named("canary-watch");
    private final boolean isNext;

    Counting(boolean isNext) {
      this.isNext = isNext;
    }

    @Override
    public Verdict before(Context c) {
      if (!c.isWarmUp()) {
        c.set(began, c.time().nanoTime());
      }
      return Verdict.pass();
    }

    @Override
    public Response after(Context c, Response response) {
      long now = c.time().nanoTime();
      c.get(began).ifPresent(since -> ended(isNext, response.status() >= 500, now - since, now));
      return response;
    }

    @Override
    public String name() {
      return isNext ? "CanaryWatch.next" : "CanaryWatch.stable";
    }
  }

  private void ended(boolean isNext, boolean failed, long took, long now) {
    Window current = current(now);
    Counts counts = isNext ? current.next : current.stable;
    counts.requests.increment();
    if (failed) {
      counts.failed.increment();
    }
    if (took >= late.toNanos()) {
      counts.slow.increment();
    }
    CanaryJudge.Outcome stable = current.stable.outcome();
    CanaryJudge.Outcome next = current.next.outcome();
    if (share.getAsDouble() > 0 && judge.isWorse(stable, next) && window.compareAndSet(current, new Window(now))) {
      share.rollBack(); // whoever replaced the window tells, and nobody else
      listener.accept(stable, next);
    }
  }

  private Window current(long now) {
    Window known = window.get();
    boolean over = known.stable.requests.sum() + known.next.requests.sum() == 0 || now - known.began >= length
        .toNanos();
    if (over) {
      window.compareAndSet(known, new Window(now));
    }
    return window.get();
  }
}
