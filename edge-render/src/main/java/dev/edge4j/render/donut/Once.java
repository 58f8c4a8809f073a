package dev.edge4j.render.donut;

import dev.edge4j.render.Hole;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a shared hole gives to all its sections of one page: worked out by the first whose HTML is not kept, while the others wait. Safe
 * for use by many threads.
 */
final class Once {
  private final Hole<?> hole;
  private final ReentrantLock turn = new ReentrantLock();
  /** Gives the value, or throws why there is none. */
  private @Nullable Callable<Object> outcome;

  Once(Hole<?> hole) {
    this.hole = hole;
  }

  /** For one section. A cache that asks a second time, as it tries again say, wants a new value. */
  Callable<Object> forSection() {
    var asked = new AtomicBoolean();
    return () -> asked.getAndSet(true) ? hole.make() : first();
  }

  private Object first() throws Exception {
    turn.lockInterruptibly();
    try {
      Callable<Object> known = outcome;
      if (known == null) {
        known = worked();
        outcome = known;
      }
      return known.call();
    } finally {
      turn.unlock();
    }
  }

  /** Work that was interrupted has come to no end: another section may want it still. */
  private Callable<Object> worked() throws InterruptedException {
    try {
      Object value = hole.make();
      return () -> value;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return () -> {
        throw e;
      };
    }
  }
}
