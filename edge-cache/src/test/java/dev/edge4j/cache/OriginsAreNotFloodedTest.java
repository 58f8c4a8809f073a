package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.ServiceUnavailable;
import dev.edge4j.cache.support.TestLoader;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.resilience.MissLimiter;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loads beyond what the limiter allows are refused, or served stale; no place is lost. */
class OriginsAreNotFloodedTest {
  private final VirtualClock clock = new VirtualClock();
  private final TestLoader<String> loader = new TestLoader<>();
  private final MissLimiter limiter = MissLimiter.of(1, 1, Duration.ZERO, clock::nanoTime);
  private final Cache<String, String> cache = Cache.<String, String>named("test")
      .freshFor(Duration.ofMinutes(1))
      .staleIfError(Duration.ofHours(1))
      .misses(limiter)
      .clock(clock)
      .build();

  @AfterEach
  void letGo() {
    loader.open();
  }

  private CompletableFuture<String> busy() {
    loader.close();
    int before = loader.loads.get();
    CompletableFuture<String> busy = CompletableFuture.supplyAsync(() -> cache.get("busy", loader));
    Waiting.until(() -> loader.loads.get() == before + 1);
    return busy;
  }

  @Test
  void aMissIsRefused() {
    CompletableFuture<String> busy = busy();
    ServiceUnavailable e = assertThrows(ServiceUnavailable.class, () -> cache.get("k", loader));
    assertTrue(String.valueOf(e.getMessage()).contains("no place at the origin for key k"));
    assertEquals(1, cache.stats().limited());
    loader.open();
    assertEquals("busy#1", busy.join());
    Waiting.until(() -> limiter.inFlight() == 0);
    assertEquals("k#2", cache.get("k", loader));
  }

  @Test
  void aStaleValueStandsIn() {
    cache.get("k", loader);
    clock.advance(Duration.ofMinutes(1));
    CompletableFuture<String> busy = busy();
    assertEquals(new CacheResult<>("k#1", Layer.L1, Duration.ofMinutes(1), true, true, false), cache.lookup("k",
        loader));
    loader.open();
    busy.join();
    Waiting.until(() -> limiter.inFlight() == 0);
    clock.advance(Duration.ofSeconds(1));
    assertEquals("k#3", cache.get("k", loader), "a second later it tries again");
  }

  @Test
  void aLoadThatFailsGivesItsPlaceBack() {
    loader.broken = true;
    for (int i = 0; i < 3; i++) {
      assertThrows(IllegalStateException.class, () -> cache.get("k", loader));
      Waiting.until(() -> limiter.inFlight() == 0);
    }
    assertEquals(0, cache.stats().limited());
  }
}
