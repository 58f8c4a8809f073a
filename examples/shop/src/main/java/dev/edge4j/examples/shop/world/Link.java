package dev.edge4j.examples.shop.world;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A wide-area link that is simulated: who sends something over it waits as long as a message would take. The jitter is that of its seed, so the same calls in the
 * same order wait the same. Safe for use by many threads; each waits for itself.
 */
public final class Link {
  /** A tenth, one time of three more than that. */
  private static final double JITTER = 0.1;

  /** How to wait. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after that time. */
    void sleep(Duration time) throws InterruptedException;
  }

  private final Duration oneWay;
  private final Pause pause;
  private final Random random;
  private final LongAdder crossings = new LongAdder();
  private final AtomicLong waited = new AtomicLong();

  /** A link that takes about so long, one way. */
  public Link(Duration oneWay, long seed, Pause pause) {
    this.oneWay = oneWay;
    this.random = new Random(seed);
    this.pause = pause;
  }

  /** Waits until a message that is sent now has arrived at the other end, whichever that is; how long that was. */
  public Duration cross() throws InterruptedException {
    Duration time = Duration.ofNanos(Math.round(oneWay.toNanos() * (1 + JITTER * Math.abs(random.nextGaussian()))));
    crossings.increment();
    waited.addAndGet(time.toNanos());
    pause.sleep(time);
    return time;
  }

  /** How long a message takes at least. */
  public Duration oneWay() {
    return oneWay;
  }

  /** How many messages have been sent, both directions. */
  public long crossings() {
    return crossings.sum();
  }

  /** What all of them together have waited. */
  public Duration waited() {
    return Duration.ofNanos(waited.get());
  }
}
