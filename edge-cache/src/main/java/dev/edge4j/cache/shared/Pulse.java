package dev.edge4j.cache.shared;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Does something again and again on a virtual thread while it is of use: for {@link #KEEPS_ON} after each time that somebody
 * asks for it and it is not going.
 */
final class Pulse implements AutoCloseable {
  static final Duration KEEPS_ON = Duration.ofSeconds(30);

  private final Duration interval;
  private final boolean endless;
  private final BooleanSupplier work;
  private final AtomicBoolean going = new AtomicBoolean();
  private volatile boolean closed;

  /** Once asked for, an {@code endless} one goes on until it is closed or {@code work} says false. */
  Pulse(Duration interval, boolean endless, BooleanSupplier work) {
    this.interval = interval;
    this.endless = endless;
    this.work = work;
  }

  /** Sees to it that it is going. Does not wait. */
  void beat() {
    if (!closed && !going.getPlain() && going.compareAndSet(false, true)) {
      Thread.ofVirtual().name("cache-versions").start(this::go);
    }
  }

  private void go() {
    long began = System.nanoTime();
    try {
      while (!closed && (endless || System.nanoTime() - began < KEEPS_ON.toNanos()) && work.getAsBoolean()) {
        Thread.sleep(interval);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does that, but it would be meant to end this
    } finally {
      going.set(false);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
