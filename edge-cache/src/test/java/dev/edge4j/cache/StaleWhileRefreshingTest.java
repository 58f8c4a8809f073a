package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A stale value is served at once while one refresh runs, and goes on being served if that fails, until its time is over. */
class StaleWhileRefreshingTest {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration STALE = Duration.ofHours(1);

  private final TestClock clock = new TestClock();
  private final Cache<String, String> cache = Cache.<String, String>named("test")
      .freshFor(FRESH)
      .staleFor(STALE)
      .clock(clock)
      .build();
  private final AtomicInteger loads = new AtomicInteger();

  private String failing(String key) {
    loads.incrementAndGet();
    throw new IllegalStateException("no " + key);
  }

  @Test
  void aFreshValueIsServedWithItsAge() {
    cache.get("k", _ -> "one");
    clock.advance(FRESH.minusMillis(1));
    assertEquals(new CacheResult<>("one", Layer.L1, FRESH.minusMillis(1), false, false, false), cache.lookup("k",
        this::failing));
  }

  @Test
  void aStaleValueIsServedWhileOneRefreshRuns() throws Exception {
    cache.get("k", _ -> "one");
    clock.advance(FRESH);
    var opened = new CountDownLatch(1);
    Loader<String, String> slow = _ -> {
      loads.incrementAndGet();
      Waiting.until(opened);
      return "two";
    };
    for (int i = 0; i < 10; i++) {
      assertEquals(new CacheResult<>("one", Layer.L1, FRESH, true, false, false), cache.lookup("k", slow));
    }
    opened.countDown();
    Waiting.until(() -> cache.get("k", slow).equals("two"));
    assertEquals(1, loads.get());
    assertEquals(new CacheResult<>("two", Layer.L1, Duration.ZERO, false, false, false), cache.lookup("k", slow));
  }

  @Test
  void aFailingRefreshKeepsTheStaleValueAndIsNotRepeatedAtOnce() {
    cache.get("k", _ -> "one");
    clock.advance(FRESH);
    Waiting.until(() -> cache.get("k", this::failing).equals("one") && cache.stats().loadFailures() == 1 && cache
        .isQuiet());
    for (int i = 0; i < 100; i++) {
      assertEquals("one", cache.get("k", this::failing));
    }
    assertEquals(1, loads.get());
    clock.advance(EntryOptions.defaults().refreshPause());
    Waiting.until(() -> cache.get("k", this::failing).equals("one") && loads.get() == 2);
  }

  @Test
  void afterItsStaleTimeItIsAMiss() {
    cache.get("k", _ -> "one");
    clock.advance(FRESH.plus(STALE));
    assertThrows(IllegalStateException.class, () -> cache.get("k", this::failing));
  }

  @Test
  void aCallMayBringItsOwnFreshness() {
    cache.with(o -> o.withFreshFor(Duration.ofSeconds(1))).get("k", _ -> "one");
    clock.advance(Duration.ofSeconds(1).plus(STALE));
    assertEquals("two", cache.get("k", _ -> "two"));
  }
}
