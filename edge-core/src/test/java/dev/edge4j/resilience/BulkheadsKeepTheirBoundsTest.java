package dev.edge4j.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Never more at work than there are places, never more waiting than may, none of them for longer than it may, first come first served. */
class BulkheadsKeepTheirBoundsTest {
  private static final int PERMITS = 3;
  private static final int WAITERS = 2;
  private static final long LONGEST = 50;
  private static final long MILLI = 1_000_000;

  @Property(tries = 300)
  void itDoesWhatAListSays(@ForAll @Size(max = 120) List<@IntRange(max = 59) Integer> steps, @ForAll long start) {
    long[] now = {start};
    var bulkhead = Bulkhead.of(PERMITS, WAITERS, Duration.ofMillis(LONGEST), () -> now[0]);
    var all = new ArrayList<Bulkhead.Waiter>();
    var working = new ArrayDeque<Integer>();
    var waiting = new ArrayDeque<Integer>();
    Map<Integer, Long> since = new HashMap<>();
    for (int step : steps) {
      now[0] += (step / 3) * MILLI;
      waiting.removeIf(each -> now[0] - since.getOrDefault(each, 0L) > LONGEST * MILLI && step % 3 != 2);
      if (step % 3 < 2) {
        int me = all.size();
        since.put(me, now[0]);
        boolean refused = false;
        if (working.size() < PERMITS && waiting.isEmpty()) {
          working.add(me);
        } else if (waiting.size() < WAITERS) {
          waiting.add(me);
        } else {
          refused = true;
        }
        all.add(bulkhead.join());
        assertEquals(refused, isRefused(all.getLast()), "refused");
      } else if (!working.isEmpty()) {
        waiting.removeIf(each -> now[0] - since.getOrDefault(each, 0L) > LONGEST * MILLI);
        all.get(working.removeFirst()).place().join().orElseThrow().close();
        if (!waiting.isEmpty()) {
          working.add(waiting.removeFirst());
        }
      } else {
        continue; // nobody looks at who is late
      }
      assertEquals(working.size(), bulkhead.inUse());
      assertEquals(waiting.size(), bulkhead.waiting());
      working.forEach(each -> assertTrue(has(all.get(each))));
      waiting.forEach(each -> assertFalse(all.get(each).place().isDone()));
    }
  }

  private static boolean has(Bulkhead.Waiter waiter) {
    return waiter.place().isDone() && waiter.place().join().isPresent();
  }

  private static boolean isRefused(Bulkhead.Waiter waiter) {
    return waiter.place().isDone() && waiter.place().join().isEmpty();
  }

  @Test
  void manyThreadsShareAFewPlaces() throws Exception {
    var bulkhead = Bulkhead.of(4, 60, Duration.ofMinutes(1));
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var served = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      threads.add(Thread.ofVirtual().start(() -> {
        try (Permit _ = bulkhead.acquire().orElseThrow()) {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          Thread.sleep(1); // lets the others try
          inside.decrementAndGet();
          served.incrementAndGet();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(64, served.get());
    assertTrue(most.get() <= 4, most + " at once");
    assertEquals(0, bulkhead.inUse());
  }

  @Test
  void whoWaitsTooLongOrIsInterruptedLeavesTheQueue() throws Exception {
    var bulkhead = Bulkhead.of(1, 1, Duration.ofMinutes(1));
    Permit taken = bulkhead.tryAcquire().orElseThrow();
    assertEquals(Optional.empty(), bulkhead.acquire(Duration.ofMillis(1)));
    var interrupted = new CountDownLatch(1);
    Thread waits = Thread.ofVirtual().start(() -> {
      try {
        bulkhead.acquire();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
    });
    while (bulkhead.waiting() == 0) {
      Thread.onSpinWait();
    }
    assertEquals(Optional.empty(), bulkhead.acquire(), "no room to wait, so no wait");
    waits.interrupt();
    interrupted.await();
    assertEquals(0, bulkhead.waiting());
    taken.close();
    taken.close();
    assertEquals(0, bulkhead.inUse(), "a place is given back once");
  }

  @Test
  void nonsenseIsRefused() {
    for (Runnable nonsense : List.<Runnable>of(() -> Bulkhead.of(0), () -> Bulkhead.of(1, -1, Duration.ZERO),
        () -> Bulkhead.of(1, 1, Duration.ofMillis(-1)), () -> AdaptiveLimit.of(0, 1, 2),
        () -> AdaptiveLimit.of(2, 1, 2), () -> AdaptiveLimit.of(1, 3, 2), () -> MissLimiter.of(0, 1, Duration.ZERO),
        () -> MissLimiter.of(2, 1, Duration.ZERO), () -> MissLimiter.of(1, 1, Duration.ofMillis(-1)))) {
      var refused = assertThrows(IllegalArgumentException.class, nonsense::run);
      assertTrue(String.valueOf(refused.getMessage()).contains("(expected: "), refused.getMessage());
    }
  }
}
