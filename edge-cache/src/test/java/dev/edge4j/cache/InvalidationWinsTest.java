package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.cache.shared.TagVersions;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was invalidated is not served again, whatever was loading at the time. */
class InvalidationWinsTest {
  record Product(String category, int price) {}

  private final TestClock clock = new TestClock();
  private final MemoryKv kv = new MemoryKv(1_000, clock);

  private CacheBuilder<Long, Product> builder() {
    return Cache.<Long, Product>named("product")
        .freshFor(Duration.ofMinutes(5))
        .staleFor(Duration.ofHours(1))
        .tags(p -> List.of("category:" + p.category()))
        .clock(clock);
  }

  private Cache<Long, Product> cache(boolean shared) {
    return shared ? builder().kv(kv, Product.class).build() : builder().build();
  }

  private static Loader<Long, Product> price(int price) {
    return _ -> new Product("tea", price);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKey(boolean shared) {
    Cache<Long, Product> cache = cache(shared);
    cache.get(1L, price(1));
    cache.invalidate(1L);
    assertEquals(2, cache.get(1L, price(2)).price());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everythingWithATagAndNothingElse(boolean shared) {
    Cache<Long, Product> cache = cache(shared);
    cache.get(1L, price(1));
    cache.get(2L, price(1));
    cache.get(3L, _ -> new Product("coffee", 1));
    cache.invalidateTag("category:tea");
    assertEquals(2, cache.get(1L, price(2)).price());
    assertEquals(2, cache.get(2L, price(2)).price());
    assertEquals(1, cache.get(3L, price(2)).price());
    assertEquals(2, cache.get(1L, price(3)).price(), "a value loaded after the invalidation is kept");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKeyThatIsBeingLoaded(boolean shared) throws Exception {
    invalidateDuringALoad(cache(shared), cache -> cache.invalidate(1L));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTagOfWhatIsBeingLoaded(boolean shared) throws Exception {
    invalidateDuringALoad(cache(shared), cache -> cache.invalidateTag("category:tea"));
  }

  private static void invalidateDuringALoad(Cache<Long, Product> cache, Consumer<Cache<Long, Product>> invalidation)
      throws Exception {
    var entered = new CountDownLatch(1);
    var opened = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Product> before = threads.submit(() -> cache.get(1L, _ -> {
        entered.countDown();
        Waiting.until(opened);
        return new Product("tea", 1);
      }));
      Waiting.until(entered);
      invalidation.accept(cache);
      Future<Product> after = threads.submit(() -> cache.get(1L, price(2)));
      opened.countDown();
      before.get();
      assertEquals(2, after.get().price());
      assertEquals(2, cache.get(1L, price(3)).price());
    }
  }

  @Test
  void aTagInvalidatedByAnotherNodeWithinASecond() {
    Cache<Long, Product> here = cache(true);
    Cache<Long, Product> there = cache(true);
    here.get(1L, price(1));
    there.invalidateTag("category:tea");
    clock.advance(TagVersions.TRUST);
    assertEquals(2, here.get(1L, price(2)).price());
  }

  @Test
  void aTagInvalidatedByAnotherNodeDuringTheFirstLoad() throws Exception {
    Cache<Long, Product> here = cache(true);
    here.get(1L, key -> {
      cache(true).invalidateTag("category:tea");
      return new Product("tea", 1);
    });
    assertEquals(2, here.get(1L, price(2)).price());
    Waiting.until(() -> !kv.list("cache:product:=1", "", 1).isEmpty());
    assertEquals(2, cache(true).get(1L, price(3)).price());
  }

  @Test
  void aTagInvalidatedBeforeARestart() {
    Cache<Long, Product> before = cache(true);
    before.get(1L, price(1));
    Waiting.until(() -> kv.list("cache:product:=1", "", 1).size() == 1);
    before.invalidateTag("category:tea");
    assertEquals(2, cache(true).get(1L, price(2)).price());
  }

  @Test
  void alsoWhenTheStoreWasAwayMeanwhile() {
    var store = new FailingKv(kv);
    Cache<Long, Product> cache = builder().kv(store, Product.class).build();
    cache.get(1L, price(1));
    cache.get(2L, price(1));
    Waiting.until(() -> kv.list("cache:product:=", "", 2).size() == 2);
    store.cut = true;
    cache.invalidate(1L);
    cache.invalidateTag("category:tea");
    store.cut = false;
    clock.advance(TagVersions.TRUST);
    assertEquals(2, cache.get(1L, price(2)).price());
    assertEquals(2, cache.get(2L, price(2)).price());
  }

  @Test
  void aTagInvalidatedByAnotherNodeAfterTheClockWasSetBack() {
    Cache<Long, Product> here = cache(true);
    Cache<Long, Product> there = cache(true);
    here.get(1L, price(1));
    clock.advance(Duration.ofHours(-1));
    there.invalidateTag("category:tea");
    clock.advance(TagVersions.TRUST);
    assertEquals(2, here.get(1L, price(2)).price());
  }

  @Test
  void aKeyThatAnotherNodeIsLoading() throws Exception {
    Cache<Long, Product> there = cache(true);
    cache(true).get(1L, key -> {
      there.invalidate(key);
      return new Product("tea", 1);
    });
    Waiting.until(() -> !kv.list("cache:product:=1", "", 1).isEmpty());
    assertEquals(2, there.get(1L, price(2)).price());
  }

  @Test
  void aKeyThatAnotherNodeIsRefreshing() throws Exception {
    Cache<Long, Product> here = cache(true);
    Cache<Long, Product> there = cache(true);
    here.put(1L, new Product("tea", 1));
    here.expire(1L);
    here.get(1L, key -> {
      there.put(key, new Product("tea", 3));
      return new Product("tea", 2);
    });
    Waiting.until(here::isQuiet);
    assertEquals(4, cache(true).get(1L, price(4)).price(), "neither may be known to be the newer");
  }
}
