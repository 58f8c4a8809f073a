package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.TestLoader;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many keys are one call of the loader, for those alone that nobody has and nobody is loading. */
class BatchLoadTest {
  private final VirtualClock clock = new VirtualClock();
  private final List<Set<String>> asked = new CopyOnWriteArrayList<>();
  private final TestLoader<String> single = new TestLoader<>();

  private CacheBuilder<String, String> builder() {
    return Cache.<String, String>named("test")
        .freshFor(Duration.ofMinutes(1))
        .staleFor(Duration.ofMinutes(1))
        .negativeFor(Duration.ofSeconds(10))
        .clock(clock);
  }

  private Map<String, String> batch(Set<String> keys) {
    asked.add(Set.copyOf(keys));
    return keys.stream()
        .filter(key -> !key.startsWith("no"))
        .collect(Collectors.toMap(Function.identity(), key -> key + "!"));
  }

  @Test
  void whatIsMissingIsAskedForOnce() {
    Cache<String, String> cache = builder().build();
    cache.put("b", "known");
    Map<String, String> values = cache.getAll(List.of("c", "b", "nothing", "a", "c"), this::batch);
    assertEquals(List.of("c", "b", "a"), new ArrayList<>(values.keySet()), "in the order asked");
    assertEquals(Map.of("a", "a!", "b", "known", "c", "c!"), values);
    assertEquals(values, cache.getAll(List.of("c", "b", "nothing", "a"), this::batch));
    assertEquals(List.of(Set.of("a", "c", "nothing")), asked);
    assertEquals(Optional.empty(), cache.find("nothing", _ -> Optional.of("something")));
    assertEquals(3, cache.stats().loads());
  }

  @Test
  void aKeyThatIsBeingLoadedIsWaitedFor() {
    Cache<String, String> cache = builder().build();
    single.close();
    CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> cache.get("a", single));
    Waiting.until(() -> single.loads.get() == 1);
    CompletableFuture<Map<String, String>> both = CompletableFuture
        .supplyAsync(() -> cache.getAll(List.of("a", "b"), this::batch));
    Waiting.until(() -> asked.size() == 1);
    single.open();
    assertEquals(Map.of("a", "a#1", "b", "b!"), both.join());
    assertEquals("a#1", first.join());
    assertEquals(List.of(Set.of("b")), asked);
  }

  @Test
  void andASingleLookUpWaitsForABatch() {
    Cache<String, String> cache = builder().build();
    CompletableFuture<Map<String, String>> many = CompletableFuture.supplyAsync(() -> cache.getAll(List.of("a", "b"),
        keys -> {
          asked.add(Set.copyOf(keys));
          single.load("batch");
          return Map.of("a", "of the batch", "b", "too");
        }));
    Waiting.until(() -> asked.size() == 1);
    assertEquals("of the batch", cache.get("a", _ -> "alone"));
    many.join();
  }

  @Test
  void staleValuesAreServedAndRefreshedInOneCallToo() {
    Cache<String, String> cache = builder().build();
    cache.put("a", "old a");
    cache.put("b", "old b");
    clock.advance(Duration.ofMinutes(1));
    assertEquals(Map.of("a", "old a", "b", "old b"), cache.getAll(List.of("a", "b"), this::batch));
    Waiting.until(() -> cache.getAll(List.of("a", "b"), this::batch).equals(Map.of("a", "a!", "b", "b!")));
    assertEquals(List.of(Set.of("a", "b")), asked);
  }

  @Test
  void theStoreIsReadFirst() {
    var kv = new MemoryKv(1_000, clock);
    builder().kv(kv, String.class).build().getAll(List.of("a", "b"), this::batch);
    Waiting.until(() -> kv.list("cache:test:=", "", 10).size() == 2);
    Cache<String, String> restarted = builder().kv(kv, String.class).build();
    assertEquals(Set.of("a", "b", "c"), restarted.getAll(List.of("a", "b", "c"), this::batch).keySet());
    assertEquals(Set.of("c"), asked.getLast());
    assertEquals(2, restarted.stats().hitsL2());
  }

  @Test
  void manyKeysAreReadAtOnceFromAStoreThatIsFarAway() throws Exception {
    var near = new MemoryKv(1_000, clock);
    List<String> keys = IntStream.range(0, 10).mapToObj(String::valueOf).toList();
    builder().kv(near, String.class).build().getAll(keys, this::batch);
    Waiting.until(() -> near.list("cache:test:=", "", 20).size() == 10);
    var reading = new CountDownLatch(10);
    KvStore far = new FailingKv(near) {
      @Override
      public Optional<byte[]> get(String key) {
        if (key.startsWith("cache:test:=")) {
          reading.countDown();
          await(reading); // no read ends before all have begun
        }
        return super.get(key);
      }
    };
    Cache<String, String> restarted = builder().kv(far, String.class).build();
    assertEquals(Set.copyOf(keys), restarted.getAll(keys, this::batch).keySet());
    assertEquals(10, restarted.stats().hitsL2());
  }

  private static void await(CountDownLatch latch) {
    try {
      Waiting.until(latch);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFailureIsForThoseWhoHaveNothingElse() {
    Cache<String, String> cache = builder().build();
    cache.put("a", "known");
    BatchLoader<String, String> broken = _ -> {
      throw new IllegalStateException("no");
    };
    assertThrows(IllegalStateException.class, () -> cache.getAll(List.of("a", "b"), broken));
    assertEquals(Map.of("a", "known"), cache.getAll(List.of("a"), broken));
    assertEquals(Map.of(), cache.getAll(List.of(), broken));
  }
}
