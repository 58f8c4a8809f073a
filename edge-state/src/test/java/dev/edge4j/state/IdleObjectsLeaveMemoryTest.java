package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.runtime.LocalNamespace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An object without calls leaves memory after its time, and comes back from disk at the next call. */
@Timeout(60)
class IdleObjectsLeaveMemoryTest {
  private static final Duration IDLE = Duration.ofHours(1);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final AtomicInteger awoken = new AtomicInteger();
  private DurableObjects objects;
  private Namespace<Counter> counters;

  @BeforeEach
  void open(@TempDir Path folder) {
    objects = DurableObjects.embedded(folder, DurableObjectsOptions.defaults().withIdleAfter(IDLE).withClock(now::get));
    counters = objects.namespace("counter", Counter.class, state -> {
      awoken.incrementAndGet();
      return new Counter.Stored(state);
    });
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void idleObjectsAreEvictedAndWakeWithTheirState() {
    counters.get("idle").add(5);
    now.updateAndGet(t -> t.plus(IDLE.minusMillis(1)));
    counters.get("busy").add(1);
    assertEquals(0, objects.evictIdle());
    now.updateAndGet(t -> t.plusMillis(1));
    assertEquals(1, objects.evictIdle());
    assertEquals(5, counters.get("idle").value());
    assertEquals(1, counters.get("busy").value());
    assertEquals(3, awoken.get());
  }

  @Test
  void whatIsInMemoryIsCountedWithoutWakingAnything() {
    assertEquals(List.of(new NamespaceStats("counter", 0, 0, 0)), objects.stats());
    counters.get("one").add(5);
    counters.get("one").add(5);
    counters.get("two").add(1);
    assertEquals(List.of(new NamespaceStats("counter", 2, 0, 3)), objects.stats());
    assertTrue(counters.evict("one"));
    assertEquals(1, objects.stats().getFirst().awake());
    assertEquals(2, awoken.get());
  }

  @Test
  void anObjectInATurnIsNotIdle() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    Namespace<Runnable> slow = objects.namespace("slow", Runnable.class, _ -> () -> {
      begun.countDown();
      TurnsAreSerialTest.await(go);
    });
    Thread caller = Thread.startVirtualThread(slow.get("one"));
    begun.await();
    now.updateAndGet(t -> t.plus(IDLE.multipliedBy(2)));
    assertEquals(0, objects.evictIdle());
    go.countDown();
    caller.join();
  }

  @Test
  void evictingByNameTellsWhetherTheObjectWasAwake() {
    assertFalse(counters.evict("one"));
    counters.get("one").add(1);
    assertTrue(counters.evict("one"));
    assertFalse(counters.evict("one"));
    assertEquals(1, counters.get("one").value());
    assertEquals(2, awoken.get());
  }

  @Test
  void theyLeaveByThemselves(@TempDir Path other) {
    try (var sweeping = DurableObjects.embedded(other,
        DurableObjectsOptions.defaults().withIdleAfter(Duration.ofMillis(10)).withClock(now::get))) {
      Namespace<Counter> swept = sweeping.namespace("counter", Counter.class, Counter.Stored::new);
      swept.get("one").add(1);
      assertEquals(1, ((LocalNamespace<Counter>) swept).inMemory());
      now.updateAndGet(t -> t.plusMillis(10));
      while (((LocalNamespace<Counter>) swept).inMemory() > 0) {
        Thread.onSpinWait();
      }
      assertEquals(1, swept.get("one").value());
    }
  }

  @Test
  void evictionAmongCallsLosesNone() {
    Counter counter = counters.get("one");
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 300; i++) {
        callers.execute(() -> counter.add(1));
        callers.execute(() -> {
          now.updateAndGet(t -> t.plus(IDLE));
          objects.evictIdle();
        });
      }
    }
    assertEquals(300, counter.value());
  }
}
