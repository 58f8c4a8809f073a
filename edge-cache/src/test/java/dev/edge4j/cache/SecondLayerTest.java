package dev.edge4j.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.json.TypeRef;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Behind the memory stands a store that outlives it; when the store fails, callers do not notice. */
class SecondLayerTest {
  private static final TypeRef<List<Integer>> NUMBERS = new TypeRef<>() {};
  private static final String KEY = "cache:numbers:=k";

  private final TestClock clock = new TestClock();
  private final MemoryKv kv = new MemoryKv(1_000, clock);

  private Cache<String, List<Integer>> cache(KvStore store) {
    return Cache.<String, List<Integer>>named("numbers")
        .freshFor(Duration.ofMinutes(1))
        .staleFor(Duration.ofMinutes(1))
        .negativeFor(Duration.ofSeconds(10))
        .kv(store, NUMBERS)
        .clock(clock)
        .build();
  }

  private void store(List<Integer> value) {
    cache(kv).get("k", _ -> value);
    Waiting.until(() -> kv.get(KEY).isPresent());
  }

  @Test
  void aRestartLosesNothing() {
    store(List.of(1, 2));
    clock.advance(Duration.ofSeconds(20));
    Cache<String, List<Integer>> restarted = cache(kv);
    var found = new CacheResult<>(List.of(1, 2), Layer.L2, Duration.ofSeconds(20), false, false, false);
    assertEquals(found, restarted.lookup("k", _ -> List.of()));
    assertEquals(Layer.L1, restarted.lookup("k", _ -> List.of()).layer());
    assertEquals(1, restarted.stats().hitsL1());
    assertEquals(1, restarted.stats().hitsL2());
    assertEquals(0, restarted.stats().loads());
  }

  @Test
  void aStaleValueIsServedWhileItIsRefreshed() {
    store(List.of(1));
    clock.advance(Duration.ofMinutes(1));
    Cache<String, List<Integer>> restarted = cache(kv);
    CacheResult<List<Integer>> found = restarted.lookup("k", _ -> List.of(2));
    assertEquals(new CacheResult<>(List.of(1), Layer.L2, Duration.ofMinutes(1), true, false, false), found);
    Waiting.until(() -> restarted.get("k", _ -> List.of(2)).equals(List.of(2)));
  }

  @Test
  void aNodeTakesTheRefreshOfAnother() {
    Cache<String, List<Integer>> here = cache(kv);
    here.get("k", _ -> List.of(1));
    Waiting.until(() -> kv.get(KEY).isPresent()); // or it comes over what the other node writes
    clock.advance(Duration.ofMinutes(2));
    cache(kv).get("k", _ -> List.of(2));
    Waiting.until(() -> kv.get(KEY).isPresent());
    assertEquals(List.of(2), here.get("k", _ -> List.of(3)));
  }

  @Test
  void itForgetsWhatIsNoLongerOfUse() {
    store(List.of(1));
    clock.advance(Duration.ofMinutes(2));
    assertEquals(Optional.empty(), kv.get(KEY));
  }

  @Test
  void thatThereIsNothingIsSharedToo() {
    cache(kv).find("k", _ -> Optional.empty());
    Waiting.until(() -> kv.get(KEY).isPresent());
    assertEquals(Optional.empty(), cache(kv).find("k", _ -> Optional.of(List.of(1))));
  }

  @Test
  void whatCannotBeReadIsAMiss() {
    for (String damaged : List.of("", "x", "\u0001")) {
      kv.put(KEY, damaged.getBytes(UTF_8));
      Cache<String, List<Integer>> cache = cache(kv);
      assertEquals(List.of(1), cache.get("k", _ -> List.of(1)));
      assertEquals(1, cache.stats().kvFailures());
      Waiting.until(() -> kv.get(KEY).orElseThrow().length > 1);
    }
    Cache<String, Integer> changed = Cache.<String, Integer>named("numbers").kv(kv, Integer.class).clock(clock).build();
    assertEquals(7, changed.get("k", _ -> 7));
  }

  @Test
  void aStoreThatFailsReachesNobody() {
    var store = new FailingKv(kv);
    store.cut = true;
    Cache<String, List<Integer>> cache = cache(store);
    assertEquals(List.of(1), cache.get("k", _ -> List.of(1)));
    assertEquals(Layer.L1, cache.lookup("k", _ -> List.of()).layer());
    cache.invalidate("k");
    cache.invalidateTag("t");
    assertEquals(List.of(2), cache.get("k", _ -> List.of(2)));
    assertTrue(cache.stats().kvFailures() > 3);
    assertFalse(kv.get(KEY).isPresent());
  }
}
