package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.support.TestLoader;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is expired is not served as fresh any more, but stands in while a new value is fetched; what is forgotten is gone. */
class SoftInvalidationTest {
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final VirtualClock clock = new VirtualClock();
  private final MemoryKv kv = new MemoryKv(1_000, clock);
  private final TestLoader<String> loader = new TestLoader<>();

  /** A way to invalidate one key, named. */
  record Way(String name, Consumer<Cache<String, String>> done) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> soft() {
    return both(new Way("expire", cache -> cache.expire("k")), new Way("expireTag", cache -> cache.expireTag("t")),
        new Way("expireAll", Cache::expireAll));
  }

  static Stream<Arguments> hard() {
    return both(new Way("invalidate", cache -> cache.invalidate("k")),
        new Way("invalidateTag", cache -> cache.invalidateTag("t")), new Way("clear", Cache::clear));
  }

  private static Stream<Arguments> both(Way... ways) {
    return Stream.of(ways).flatMap(way -> Stream.of(false, true).map(shared -> Arguments.of(way, shared)));
  }

  private CacheBuilder<String, String> builder(boolean shared) {
    CacheBuilder<String, String> builder = Cache.<String, String>named("test")
        .freshFor(FRESH)
        .tags(_ -> List.of("t"))
        .clock(clock);
    return shared ? builder.kv(kv, String.class) : builder;
  }

  private Cache<String, String> filled(CacheBuilder<String, String> builder, boolean shared) {
    Cache<String, String> cache = builder.build();
    cache.get("k", loader);
    Waiting.until(() -> !shared || kv.get("cache:test:=k").isPresent());
    return cache;
  }

  @ParameterizedTest
  @MethodSource("soft")
  void expiredIsServedWhileItIsRefreshed(Way way, boolean shared) {
    Cache<String, String> cache = filled(builder(shared).staleFor(FRESH), shared);
    clock.advance(Duration.ofSeconds(1));
    way.done.accept(cache);
    loader.close();
    CacheResult<String> stale = cache.lookup("k", loader);
    assertEquals("k#1", stale.value());
    assertTrue(stale.stale());
    loader.open();
    Waiting.until(() -> cache.get("k", loader).equals("k#2"));
    assertFalse(cache.lookup("k", loader).stale());
    assertEquals(2, loader.loads.get());
  }

  @ParameterizedTest
  @MethodSource("soft")
  void expiredStandsInForAnError(Way way, boolean shared) {
    Cache<String, String> cache = filled(builder(shared).staleIfError(FRESH), shared);
    way.done.accept(cache);
    loader.broken = true;
    CacheResult<String> stale = cache.lookup("k", loader);
    assertTrue(stale.stale() && stale.degraded());
    assertEquals("k#1", stale.value());
  }

  @ParameterizedTest
  @MethodSource("soft")
  void whereNothingMayBeStaleExpiredIsGone(Way way, boolean shared) {
    Cache<String, String> cache = filled(builder(shared), shared);
    way.done.accept(cache);
    assertEquals("k#2", cache.get("k", loader));
  }

  @ParameterizedTest
  @MethodSource("hard")
  void forgottenIsGone(Way way, boolean shared) {
    Cache<String, String> cache = filled(builder(shared).staleFor(FRESH), shared);
    way.done.accept(cache);
    assertTrue(cache.peek("k").isEmpty());
    assertEquals("k#2", cache.get("k", loader));
    assertEquals(1, cache.stats().invalidations());
  }

  @ParameterizedTest
  @MethodSource("soft")
  void expiryWinsOverALoadInFlight(Way way, boolean shared) {
    winsOverALoadInFlight(way, shared);
  }

  @ParameterizedTest
  @MethodSource("hard")
  void forgettingWinsOverALoadInFlight(Way way, boolean shared) {
    winsOverALoadInFlight(way, shared);
  }

  private void winsOverALoadInFlight(Way way, boolean shared) {
    Cache<String, String> cache = builder(shared).staleFor(FRESH).build();
    loader.close();
    CompletableFuture<String> before = CompletableFuture.supplyAsync(() -> cache.get("k", loader));
    Waiting.until(() -> loader.loads.get() == 1);
    way.done.accept(cache);
    CompletableFuture<String> after = CompletableFuture.supplyAsync(() -> cache.get("k", loader));
    loader.open();
    assertEquals("k#1", before.join(), "who asked before gets what was loading");
    assertEquals("k#2", after.join());
    assertEquals("k#2", cache.get("k", loader));
  }
}
