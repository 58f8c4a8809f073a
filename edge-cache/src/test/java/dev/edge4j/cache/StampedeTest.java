package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten thousand callers come at once for a hundred keys that have expired. */
class StampedeTest {
  private static final int CALLERS = 10_000;
  private static final int KEYS = 100;
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final TestClock clock = new TestClock();
  private final Map<Integer, Integer> loads = new ConcurrentHashMap<>();

  private CacheBuilder<Integer, String> builder() {
    return Cache.<Integer, String>named("test").freshFor(FRESH).clock(clock);
  }

  private static void fill(Cache<Integer, String> cache) {
    IntStream.range(0, KEYS).forEach(key -> cache.put(key, "old"));
  }

  /** All callers, released together; what any of them throws. */
  private static Queue<Throwable> together(IntConsumer caller) throws InterruptedException {
    var failures = new ConcurrentLinkedQueue<Throwable>();
    var ready = new CountDownLatch(CALLERS);
    var go = new CountDownLatch(1);
    List<Thread> threads = IntStream.range(0, CALLERS).mapToObj(i -> Thread.ofVirtual().start(() -> {
      try {
        ready.countDown();
        Waiting.until(go);
        caller.accept(i);
      } catch (Throwable e) {
        failures.add(e);
      }
    })).toList();
    Waiting.until(ready);
    go.countDown();
    for (Thread thread : threads) {
      assertTrue(thread.join(Duration.ofSeconds(30)), "a caller still waits");
    }
    return failures;
  }

  /** An origin that takes its time. */
  private String slowly(Integer key) throws InterruptedException {
    loads.merge(key, 1, Integer::sum);
    Thread.sleep(Duration.ofMillis(200)); // what is simulated here, not a wait for something
    return "new " + key;
  }

  @Test
  void eachKeyIsLoadedOnce() throws Exception {
    Cache<Integer, String> cache = builder().build();
    fill(cache);
    clock.advance(FRESH);
    Queue<Throwable> failures = together(i -> assertEquals("new " + i % KEYS, cache.get(i % KEYS, this::slowly)));
    assertEquals(List.of(), List.copyOf(failures));
    Map<Integer, Integer> once = IntStream.range(0, KEYS).boxed().collect(Collectors.toMap(key -> key, _ -> 1));
    assertEquals(once, loads);
    assertEquals(KEYS, cache.stats().loads());
    assertEquals(CALLERS, cache.stats().misses() + cache.stats().hitsL1());
  }

  @Test
  void withStaleValuesAtHandNobodyWaits() throws Exception {
    Cache<Integer, String> cache = builder().staleWhileRevalidate(FRESH).build();
    fill(cache);
    clock.advance(FRESH);
    var allAnswered = new CountDownLatch(1);
    Queue<Throwable> failures = together(i -> assertEquals("old", cache.get(i % KEYS, key -> {
      loads.merge(key, 1, Integer::sum);
      Waiting.until(allAnswered); // no load ends before every caller has its answer
      return "new " + key;
    })));
    assertEquals(List.of(), List.copyOf(failures));
    Waiting.until(() -> loads.size() == KEYS);
    allAnswered.countDown();
    Waiting.until(() -> IntStream.range(0, KEYS)
        .allMatch(key -> cache.peek(key).orElseThrow().value().equals("new " + key)));
    assertEquals(KEYS, cache.stats().loads());
    assertEquals(KEYS, cache.stats().refreshes());
    assertEquals(0, cache.stats().misses());
  }

  @Test
  void aSecondLayerThatIsCutMeanwhileIsNoticedByNobody() throws Exception {
    var kv = new FailingKv(new MemoryKv(10_000, clock));
    Cache<Integer, String> cache = builder().kv(kv, String.class).tags(_ -> List.of("all")).build();
    var cut = new AtomicBoolean();
    var asked = new AtomicInteger();
    Queue<Throwable> failures = together(i -> {
      int mine = asked.incrementAndGet();
      if (mine == CALLERS / 4 && cut.compareAndSet(false, true)) {
        kv.cut = true;
      }
      if (mine == CALLERS / 2) {
        clock.advance(FRESH);
        cache.invalidate(i % KEYS);
        cache.invalidateTag("all");
      }
      if (mine == CALLERS * 3 / 4) {
        kv.cut = false;
      }
      assertEquals("value " + i % KEYS, cache.get(i % KEYS, key -> "value " + key));
    });
    assertEquals(List.of(), List.copyOf(failures));
    assertTrue(cut.get());
    assertTrue(cache.stats().kvFailures() > 0);
  }
}
