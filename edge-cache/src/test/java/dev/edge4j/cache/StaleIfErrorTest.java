package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.support.TestLoader;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** In its stale-if-error window a value is not served at once, but stands in for a load that fails; then the origin has a pause. */
class StaleIfErrorTest {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration COVER = Duration.ofHours(24);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final VirtualClock clock = new VirtualClock();
  private final TestLoader<String> loader = new TestLoader<>();

  private CacheBuilder<String, String> builder() {
    return Cache.<String, String>named("test").freshFor(FRESH).staleIfError(COVER).clock(clock);
  }

  @Test
  void aLoadThatWorksIsWaitedFor() {
    Cache<String, String> cache = builder().build();
    cache.get("k", loader);
    clock.advance(FRESH);
    assertEquals(new CacheResult<>("k#2", Layer.LOADED, Duration.ZERO, false, false, true), cache.lookup("k", loader));
  }

  @Test
  void aLoadThatFailsIsCovered() {
    Cache<String, String> cache = builder().build();
    cache.get("k", loader);
    clock.advance(FRESH);
    loader.broken = true;
    var stale = new CacheResult<>("k#1", Layer.L1, FRESH, true, true, false);
    assertEquals(stale, cache.lookup("k", loader));
    assertEquals(stale, cache.lookup("k", loader), "in the pause it is served without a load");
    assertEquals(2, loader.loads.get());
    clock.advance(PAUSE);
    assertEquals("k#1", cache.get("k", loader));
    assertEquals(3, loader.loads.get());
    clock.advance(PAUSE);
    loader.broken = false;
    assertEquals("k#4", cache.get("k", loader));
    assertFalse(cache.lookup("k", loader).degraded());
  }

  @Test
  void notForLongerThanSaid() {
    Cache<String, String> cache = builder().build();
    cache.get("k", loader);
    loader.broken = true;
    clock.advance(FRESH.plus(COVER).minusMillis(1));
    assertEquals("k#1", cache.get("k", loader));
    clock.advance(Duration.ofMillis(1));
    assertThrows(IllegalStateException.class, () -> cache.get("k", loader));
  }

  @Test
  void alsoByWhatTheStoreHas() {
    var kv = new MemoryKv(1_000, clock);
    builder().kv(kv, String.class).build().get("k", loader);
    Waiting.until(() -> kv.get("cache:test:=k").isPresent());
    clock.advance(FRESH);
    loader.broken = true;
    Cache<String, String> restarted = builder().kv(kv, String.class).build();
    assertEquals(new CacheResult<>("k#1", Layer.L2, FRESH, true, true, false), restarted.lookup("k", loader));
    assertEquals(Layer.L1, restarted.lookup("k", loader).layer(), "and is kept in memory for the pause");
    assertEquals(2, loader.loads.get());
  }

  @Test
  void anInvalidatedValueCoversNothing() {
    Cache<String, String> cache = builder().build();
    cache.get("k", loader);
    clock.advance(FRESH);
    cache.invalidate("k");
    loader.broken = true;
    assertThrows(IllegalStateException.class, () -> cache.get("k", loader));
  }

  @Test
  void theTwoWindowsAreApart() {
    Cache<String, String> cache = builder().staleWhileRevalidate(Duration.ofMinutes(10)).build();
    cache.get("k", loader);
    clock.advance(FRESH);
    loader.close();
    CacheResult<String> atOnce = cache.lookup("k", loader);
    assertTrue(atOnce.stale());
    assertFalse(atOnce.degraded());
    loader.broken = true;
    loader.open();
    Waiting.until(() -> cache.lookup("k", loader).degraded() && cache.isQuiet());
    clock.advance(Duration.ofMinutes(10));
    loader.broken = false;
    assertEquals("k#3", cache.get("k", loader), "past the first window one waits for the load");
  }
}
