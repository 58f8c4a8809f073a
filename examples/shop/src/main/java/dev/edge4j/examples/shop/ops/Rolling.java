package dev.edge4j.examples.shop.ops;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Counts of the last minute: twelve slots of five seconds, of which the oldest is dropped when a new one begins. Safe for use by many threads.
 *
 * @param <S> what is counted in a slot
 */
final class Rolling<S> {
  private static final int SLOTS = 12;
  static final Duration SLOT = Duration.ofSeconds(5);

  private record Slot<S>(long number, S counts) {}

  private final InstantSource clock;
  private final Supplier<S> fresh;
  private final ReentrantLock turning = new ReentrantLock();
  private final ConcurrentLinkedDeque<Slot<S>> slots = new ConcurrentLinkedDeque<>();
  private final AtomicReference<Slot<S>> current;

  Rolling(InstantSource clock, Supplier<S> fresh) {
    this.clock = clock;
    this.fresh = fresh;
    this.current = new AtomicReference<>(new Slot<>(number(), fresh.get()));
    slots.add(current.get());
  }

  /** What is counted in now. */
  S now() {
    Slot<S> slot = current.get();
    return slot.number() == number() ? slot.counts() : turn();
  }

  /** Shows the slots of the last minute, the oldest first. */
  void each(Consumer<? super S> consumer) {
    long oldest = number() - SLOTS;
    slots.forEach(slot -> {
      if (slot.number() > oldest) {
        consumer.accept(slot.counts());
      }
    });
  }

  private S turn() {
    turning.lock();
    try {
      if (current.get().number() != number()) {
        var next = new Slot<>(number(), fresh.get());
        current.set(next);
        slots.add(next);
        while (slots.size() > SLOTS) {
          slots.poll();
        }
      }
      return current.get().counts();
    } finally {
      turning.unlock();
    }
  }

  private long number() {
    return clock.millis() / SLOT.toMillis();
  }
}
