package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Deadline;
import dev.edge4j.GatewayTimeout;
import dev.edge4j.cache.support.TestLoader;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for a slow load gets a stale value soon if there is one, and leaves in time if there is none; the load goes on. */
class TimeoutsTest {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  private final VirtualClock clock = new VirtualClock();
  private final TestLoader<String> loader = new TestLoader<>();
  private final Cache<String, String> cache = Cache.<String, String>named("test")
      .freshFor(FRESH)
      .staleIfError(Duration.ofHours(1))
      .clock(clock)
      .build();

  @AfterEach
  void letGo() {
    loader.open();
  }

  private <T> CompletableFuture<T> begin(Supplier<T> look, int timers) {
    CompletableFuture<T> answer = CompletableFuture.supplyAsync(look, THREADS);
    Waiting.until(() -> clock.pendingTimers() == timers);
    return answer;
  }

  @Test
  void afterTheSoftTimeoutAStaleValueIsServed() {
    cache.get("k", loader);
    clock.advance(FRESH);
    loader.close();
    CompletableFuture<CacheResult<String>> answer = begin(() -> cache.lookup("k", loader), 1);
    Waiting.until(() -> loader.loads.get() == 2);
    clock.advance(Duration.ofMillis(99));
    assertEquals(false, answer.isDone());
    clock.advance(Duration.ofMillis(1));
    assertEquals(new CacheResult<>("k#1", Layer.L1, FRESH.plusMillis(100), true, true, false), answer.join());
    loader.open();
    Waiting.until(() -> cache.get("k", loader).equals("k#2"));
    assertEquals(2, loader.loads.get());
  }

  @Test
  void withoutAStaleValueTheSoftTimeoutMeansNothing() {
    loader.close();
    CompletableFuture<String> answer = begin(() -> cache.get("k", loader), 1);
    clock.advance(Duration.ofMinutes(1));
    assertEquals(false, answer.isDone());
    loader.open();
    assertEquals("k#1", answer.join());
  }

  @Test
  void atItsHardTimeoutACallerLeavesAndTheLoadGoesOn() {
    loader.close();
    Cache<String, String> hurried = cache.with(o -> o.withHardTimeout(Duration.ofSeconds(2)));
    CompletableFuture<String> answer = begin(() -> hurried.get("k", loader), 2);
    clock.advance(Duration.ofSeconds(2));
    Throwable cause = assertThrows(CompletionException.class, answer::join).getCause();
    assertTrue(String.valueOf(assertInstanceOf(GatewayTimeout.class, cause).getMessage()).contains("key k"));
    assertEquals(1, cache.stats().timeouts());
    loader.open();
    assertEquals("k#1", cache.get("k", loader));
    assertEquals(1, loader.loads.get());
  }

  @Test
  void theDeadlineOfTheCallerCountsTooAndEachHasItsOwn() {
    loader.close();
    Deadline deadline = Deadline.in(Duration.ofSeconds(1), clock);
    CompletableFuture<String> hurried = begin(() -> cache.within(deadline).get("k", loader), 2);
    CompletableFuture<String> patient = begin(() -> cache.get("k", loader), 3);
    clock.advance(Duration.ofSeconds(1));
    assertInstanceOf(GatewayTimeout.class, assertThrows(CompletionException.class, hurried::join).getCause());
    assertThrows(GatewayTimeout.class, () -> cache.within(deadline).get("k", loader), "a deadline that is over");
    loader.open();
    assertEquals("k#1", patient.join());
    assertEquals("k#1", cache.within(deadline).get("k", loader), "who has nothing to wait for needs no time");
    assertEquals(1, loader.loads.get());
  }

  @Test
  void atTheHardTimeoutAStaleValueIsBetterThanNothing() {
    cache.get("k", loader);
    clock.advance(FRESH);
    loader.close();
    Cache<String, String> hurried = cache
        .with(o -> o.withHardTimeout(Duration.ofMillis(50)).withSoftTimeout(Duration.ofSeconds(1)));
    CompletableFuture<CacheResult<String>> answer = begin(() -> hurried.lookup("k", loader), 2);
    Waiting.until(() -> loader.loads.get() == 2);
    clock.advance(Duration.ofMillis(50));
    assertTrue(answer.join().degraded());
    assertEquals(0, cache.stats().timeouts());
  }
}
