package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import dev.edge4j.kv.KvStore;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.TestLoader;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Values can be put without a loader and looked at without one. */
class GivenValuesTest {
  private final VirtualClock clock = new VirtualClock();
  private final MemoryKv kv = new MemoryKv(1_000, clock);
  private final TestLoader<String> loader = new TestLoader<>();

  private CacheBuilder<String, String> builder() {
    return Cache.<String, String>named("test")
        .freshFor(Duration.ofMinutes(1))
        .staleFor(Duration.ofMinutes(1))
        .kv(kv, String.class)
        .clock(clock);
  }

  @Test
  void aValueThatIsPutIsInBothLayers() {
    Cache<String, String> cache = builder().build();
    cache.put("k", "given");
    assertEquals(new CacheResult<>("given", Layer.L1, Duration.ZERO, false, false, false), cache.lookup("k", loader));
    assertEquals(new CacheResult<>("given", Layer.L2, Duration.ZERO, false, false, false),
        builder().build().lookup("k", loader));
    cache.with(o -> o.withFreshFor(Duration.ofSeconds(1))).put("short", "lived");
    clock.advance(Duration.ofSeconds(1));
    assertTrue(cache.peek("short").orElseThrow().stale());
  }

  @Test
  void itWinsOverALoadInFlight() {
    Cache<String, String> cache = builder().build();
    loader.close();
    CompletableFuture<String> loading = CompletableFuture.supplyAsync(() -> cache.get("k", loader));
    Waiting.until(() -> loader.loads.get() == 1);
    cache.put("k", "given");
    assertEquals("given", cache.get("k", loader));
    loader.open();
    assertEquals("k#1", loading.join());
    assertEquals("given", cache.get("k", loader));
    assertEquals("given", builder().build().get("k", loader));
  }

  @Test
  void itHasTagsAsALoadedOne() {
    Cache<String, String> cache = builder().tags(value -> List.of("value:" + value)).build();
    cache.put("k", "given");
    cache.invalidateTag("value:given");
    assertEquals(Optional.empty(), cache.peek("k"));
  }

  @Test
  void aPeekLoadsNothingRefreshesNothingAndIsNotCounted() {
    Cache<String, String> cache = builder().build();
    assertEquals(Optional.empty(), cache.peek("k"));
    cache.put("k", "given");
    clock.advance(Duration.ofMinutes(1));
    var stale = new CacheResult<>("given", Layer.L1, Duration.ofMinutes(1), true, false, false);
    assertEquals(Optional.of(stale), cache.peek("k"));
    assertEquals(Layer.L2, builder().build().peek("k").orElseThrow().layer());
    clock.advance(Duration.ofMinutes(1));
    assertEquals(Optional.empty(), cache.peek("k"));
    CacheStats stats = cache.stats();
    assertEquals(0, stats.hitsL1() + stats.hitsL2() + stats.misses() + stats.loads());
    assertEquals(1, stats.hitRate());
  }

  @Test
  void cacheAsideIsOneLine() {
    Cache<String, String> cache = builder().build();
    assertEquals("k#1", cache.edgeCacheAside("k", () -> loader.load("k"), Duration.ofMinutes(5)));
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertEquals("k#1", cache.edgeCacheAside("k", () -> loader.load("k"), Duration.ofMinutes(5)));
    assertEquals(1, loader.loads.get());
  }

  @Test
  void whatTheSecondLayerCannotTakeLeavesNothingOlderThere() {
    var clock = new TestClock();
    var kv = new MemoryKv(10, clock);
    var codec = new ValueCodec<String>() {
      @Override
      public byte[] encode(String value) {
        if (value.startsWith("bad")) {
          throw new IllegalStateException(value);
        }
        return value.equals("large") ? new byte[KvStore.MAX_VALUE_BYTES] : value.getBytes(StandardCharsets.UTF_8);
      }

      @Override
      public String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
      }
    };
    for (String value : List.of("bad", "large")) {
      Cache<String, String> here = Cache.<String, String>named("test").kv(kv, codec).clock(clock).build();
      Cache<String, String> there = Cache.<String, String>named("test").kv(kv, codec).clock(clock).build();
      here.put("k", "old");
      assertTrue(kv.get("cache:test:=k").isPresent());
      here.put("k", value);
      Waiting.until(() -> kv.get("cache:test:=k").isEmpty());
      assertTrue(there.peek("k").isEmpty());
    }
  }
}
