package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.support.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** However many ask for a key at once, it is loaded once, and all get what that load brought. */
class OneLoadPerKeyTest {
  private final Cache<Long, String> cache = Cache.<Long, String>named("test").build();
  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final AtomicInteger loads = new AtomicInteger();

  private String slowly(Long key) throws InterruptedException {
    loads.incrementAndGet();
    entered.countDown();
    Waiting.until(opened);
    return "value " + key;
  }

  @Test
  void manyCallersShareALoad() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> callers = new ArrayList<>();
      var arrived = new CountDownLatch(50);
      for (int i = 0; i < 50; i++) {
        callers.add(threads.submit(() -> {
          arrived.countDown();
          return cache.get(1L, this::slowly);
        }));
      }
      Waiting.until(arrived);
      Waiting.until(entered);
      opened.countDown();
      for (Future<String> caller : callers) {
        assertEquals("value 1", caller.get());
      }
    }
    assertEquals(1, loads.get());
    assertEquals(1, cache.stats().loads());
    assertEquals(50, cache.stats().hitsL1() + cache.stats().misses());
  }

  @Test
  void anotherKeyDoesNotWait() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> slow = threads.submit(() -> cache.get(1L, this::slowly));
      Waiting.until(entered);
      assertEquals("at once", cache.get(2L, _ -> "at once"));
      opened.countDown();
      slow.get();
    }
  }

  @Test
  void aFailureReachesAllWhoWaitAndIsNotKept() throws Exception {
    var cause = new IOException("origin is away");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Loader<Long, String> failing = key -> {
        slowly(key);
        throw cause;
      };
      Future<String> first = threads.submit(() -> cache.get(1L, failing));
      Waiting.until(entered);
      var waiter = new AtomicReference<Thread>();
      Future<String> second = threads.submit(() -> {
        waiter.set(Thread.currentThread());
        return cache.get(1L, _ -> "not asked");
      });
      Waiting.until(() -> waiter.get() != null && waiter.get().getState() == Thread.State.WAITING);
      opened.countDown();
      for (Future<String> caller : List.of(first, second)) {
        ExecutionException e = assertThrows(ExecutionException.class, caller::get);
        assertSame(cause, assertInstanceOf(CacheLoadException.class, e.getCause()).getCause());
      }
    }
    assertEquals("better now", cache.get(1L, _ -> "better now"));
    assertEquals(1, cache.stats().loadFailures());
  }

  @Test
  void anUncheckedExceptionIsNotWrapped() {
    var cause = new IllegalStateException("no");
    assertSame(cause, assertThrows(IllegalStateException.class, () -> cache.get(1L, _ -> {
      throw cause;
    })));
  }

  @Test
  void aCallerWhoIsInterruptedLeavesAndTheLoadGoesOn() throws Exception {
    var failure = new AtomicReference<Throwable>();
    var interrupted = new AtomicReference<Boolean>();
    Thread impatient = Thread.ofVirtual().start(() -> {
      failure.set(assertThrows(CacheLoadException.class, () -> cache.get(1L, this::slowly)));
      interrupted.set(Thread.currentThread().isInterrupted());
    });
    Waiting.until(entered);
    impatient.interrupt();
    impatient.join();
    assertInstanceOf(InterruptedException.class, failure.get().getCause());
    assertTrue(interrupted.get());
    opened.countDown();
    assertEquals("value 1", cache.get(1L, this::slowly));
    assertEquals(1, loads.get());
  }

  @Test
  @SuppressWarnings("NullAway") // callers without a checker exist
  void nullIsRefusedByName() {
    NullPointerException e = assertThrows(NullPointerException.class, () -> cache.get(1L, _ -> null));
    assertTrue(String.valueOf(e.getMessage()).contains("cache test returned null for key 1"));
  }
}
