package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.cache.support.TestLoader;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An origin in trouble is not asked by each caller: for a while all get what the last load failed with. */
class FailedLoadsAreRememberedTest {
  private final VirtualClock clock = new VirtualClock();
  private final TestLoader<String> loader = new TestLoader<>();
  private final Cache<String, String> cache = Cache.<String, String>named("test")
      .errorFor(Duration.ofSeconds(2))
      .clock(clock)
      .build();

  private IllegalStateException failure() {
    return assertThrows(IllegalStateException.class, () -> cache.get("k", loader));
  }

  @Test
  void forAsLongAsSaid() {
    loader.broken = true;
    IllegalStateException first = failure();
    clock.advance(Duration.ofSeconds(2).minusMillis(1));
    assertSame(first, failure());
    assertSame(first, assertThrows(IllegalStateException.class, () -> cache.getAll(List.of("k"), _ -> Map.of())));
    assertEquals(1, loader.loads.get());
    clock.advance(Duration.ofMillis(1));
    failure();
    assertEquals(2, loader.loads.get());
  }

  @Test
  void forItsKeyAlone() {
    loader.broken = true;
    failure();
    loader.broken = false;
    assertEquals("other#2", cache.get("other", loader));
  }

  @Test
  void untilSomethingIsKnownToHaveChanged() {
    for (Runnable change : List.<Runnable>of(() -> cache.invalidate("k"), () -> cache.expire("k"), cache::clear)) {
      loader.broken = true;
      failure();
      loader.broken = false;
      change.run();
      cache.get("k", loader);
      cache.invalidate("k");
    }
    loader.broken = true;
    failure();
    cache.put("k", "given");
    assertEquals("given", cache.get("k", loader));
  }

  @Test
  void aBatchThatEndsWithOneLeavesNoLoadThatNeverBegins() {
    loader.broken = true;
    failure();
    assertThrows(IllegalStateException.class, () -> cache.getAll(List.of("other", "k"), _ -> Map.of()));
    assertThrows(NullPointerException.class, () -> cache.getAll(Arrays.asList("other", null), _ -> Map.of()));
    assertTrue(cache.isQuiet(), "who asks for the other key would wait for ever");
  }

  @Test
  void butNotOfALoadThatBeganBeforeAnInvalidation() throws Exception {
    loader.broken = true;
    loader.close();
    CompletableFuture<String> old = CompletableFuture.supplyAsync(() -> cache.get("k", loader));
    Waiting.until(() -> loader.loads.get() == 1);
    cache.invalidate("k");
    loader.open();
    assertThrows(CompletionException.class, old::join);
    loader.broken = false;
    assertEquals("k#2", cache.get("k", loader));
  }
}
