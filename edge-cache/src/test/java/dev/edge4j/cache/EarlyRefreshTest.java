package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.support.TestLoader;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A value that is read near its end is refreshed in the background before anybody has to wait. */
class EarlyRefreshTest {
  private static final Duration FRESH = Duration.ofSeconds(100);

  private final VirtualClock clock = new VirtualClock();
  private final TestLoader<String> loader = new TestLoader<>();
  private final AtomicInteger draws = new AtomicInteger();
  private volatile double random = 0.5;

  private CacheBuilder<String, String> builder() {
    return Cache.<String, String>named("test").freshFor(FRESH).clock(clock).random(() -> {
      draws.incrementAndGet();
      return random;
    });
  }

  /** A load that takes ten seconds. */
  private String slowly(String key) throws Exception {
    clock.advance(Duration.ofSeconds(10));
    return loader.load(key);
  }

  @Test
  void eagerlyAfterAShareOfItsTime() {
    Cache<String, String> cache = builder().options(o -> o.withEagerAfter(0.8)).build();
    cache.get("k", loader);
    clock.advance(Duration.ofSeconds(80).minusMillis(1));
    cache.get("k", loader);
    assertEquals(1, cache.stats().loads());
    clock.advance(Duration.ofMillis(1));
    loader.close();
    assertEquals(new CacheResult<>("k#1", Layer.L1, Duration.ofSeconds(80), false, false, false), cache.lookup("k",
        loader));
    assertEquals("k#1", cache.get("k", loader), "one refresh at a time");
    loader.open();
    Waiting.until(() -> cache.get("k", loader).equals("k#2"));
    assertEquals(2, loader.loads.get());
    assertEquals(1, cache.stats().refreshes());
  }

  @Test
  void aRefreshThatFailsHasAPause() {
    Cache<String, String> cache = builder()
        .options(o -> o.withEagerAfter(0.5).withRefreshPause(Duration.ofSeconds(30)))
        .build();
    cache.get("k", loader);
    loader.broken = true;
    clock.advance(Duration.ofSeconds(50));
    cache.get("k", loader);
    Waiting.until(() -> cache.stats().loadFailures() == 1 && cache.isQuiet()); // its pause has begun
    assertFalse(cache.lookup("k", loader).stale());
    assertEquals(2, loader.loads.get());
    clock.advance(Duration.ofSeconds(29));
    assertFalse(cache.lookup("k", loader).degraded(), "it is fresh");
    assertEquals(2, loader.loads.get());
    clock.advance(Duration.ofSeconds(1));
    cache.get("k", loader);
    Waiting.until(() -> loader.loads.get() == 3);
  }

  @Test
  void byChanceTheSoonerTheDearerItsLoadIs() throws Exception {
    Cache<String, String> cache = builder().build();
    cache.get("k", this::slowly); // fresh until second 110, delta is 10 s: with a random number of 0.5, from second 103.07 on
    clock.advance(Duration.ofSeconds(93));
    assertEquals("k#1", cache.get("k", _ -> "too early"));
    assertEquals(1, draws.get());
    clock.advance(Duration.ofMillis(100));
    cache.get("k", loader);
    Waiting.until(() -> cache.get("k", loader).equals("k#2"));
  }

  @Test
  void chanceIsAskedOnlyWhereItMayMatter() throws Exception {
    Cache<String, String> cache = Cache.<String, String>named("test")
        .freshFor(Duration.ofSeconds(1_000))
        .clock(clock)
        .random(() -> {
          draws.incrementAndGet();
          return random;
        })
        .build();
    cache.get("k", this::slowly);
    clock.advance(Duration.ofSeconds(1_000 - 370).minusMillis(1));
    cache.get("k", loader);
    assertEquals(0, draws.get(), "37 times delta before the end no random number is small enough");
    random = Math.pow(2, -53);
    clock.advance(Duration.ofSeconds(3));
    cache.get("k", loader);
    Waiting.until(() -> loader.loads.get() == 2);
    assertTrue(draws.get() > 0);
  }

  @Test
  void orNotAtAll() throws Exception {
    Cache<String, String> cache = builder().options(o -> o.withXFetch(0)).build();
    cache.get("k", this::slowly);
    random = 0;
    clock.advance(FRESH.minusMillis(1));
    cache.get("k", loader);
    assertEquals(0, draws.get());
    assertEquals(1, cache.stats().loads());
  }
}
