package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A value may be loading while its key, or a tag of it, expires: who waits for it is given it, and it is not kept as fresh, since it may be from before the change. But once
 * it has been shown, the stale value that stands in for loads that fail is this one and none that is older.
 */
class NoOlderValueIsShownAgainTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int WRITES = Boolean.getBoolean("edge4j.long") ? 100_000 : 1_000;

  private final VirtualClock clock = new VirtualClock();
  private final MemoryKv kv = new MemoryKv(1_000, clock);
  private final Cache<String, String> cache = Cache.<String, String>named("test")
      .freshFor(LONG)
      .staleIfError(LONG)
      .tags(value -> value.endsWith("tag") ? List.of("t", "u") : List.of("t"))
      .kv(kv, String.class)
      .clock(clock)
      .build();

  /** A way to invalidate the key, named. */
  record Way(String name, Consumer<Cache<String, String>> done) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A load that ends when the test wants it. */
  private static final class Held {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final CompletableFuture<CacheResult<String>> answer;

    /** Asks on a thread of its own, and waits until the load has begun. */
    Held(Cache<String, String> cache, Loader<String, String> loader) {
      answer = CompletableFuture.supplyAsync(() -> cache.lookup("k", key -> {
        begun.countDown();
        Waiting.until(end);
        return loader.load(key);
      }));
      Waiting.until(() -> begun.getCount() == 0);
    }

    CacheResult<String> landed() {
      end.countDown();
      return answer.join();
    }
  }

  @BeforeEach
  void aValueIsThere() {
    assertEquals("old", cache.get("k", _ -> "old"));
    Waiting.until(() -> cache.isQuiet() && kv.get("cache:test:=k").isPresent());
    clock.advance(Duration.ofSeconds(1));
  }

  private static Stream<Way> soft() {
    return Stream.of(new Way("expire", one -> one.expire("k")), new Way("expireTag", one -> one.expireTag("t")),
        new Way("expireAll", Cache::expireAll));
  }

  private static Stream<Way> hard() {
    return Stream.of(new Way("invalidate", one -> one.invalidate("k")),
        new Way("invalidateTag", one -> one.invalidateTag("t")), new Way("clear", Cache::clear));
  }

  @ParameterizedTest
  @MethodSource("soft")
  void afterAnExpiryWhileItWasLoading(Way way) {
    way.done().accept(cache);
    var loading = new Held(cache, _ -> "new");
    way.done().accept(cache);
    assertEquals("new", loading.landed().value());
    CacheResult<String> next = cache.lookup("k", NoOlderValueIsShownAgainTest::fails);
    assertEquals("new", next.value());
    assertTrue(next.stale() && next.degraded());
    clock.advance(Duration.ofMinutes(1)); // past the pause
    assertEquals("newest", cache.get("k", _ -> "newest"));
  }

  @Test
  void alsoToWhoWaitsForALoadThatThenFails() {
    Held loading = loadingWhileItExpires();
    var failing = new Held(cache, NoOlderValueIsShownAgainTest::fails);
    assertEquals("new", loading.landed().value());
    assertEquals("new", failing.landed().value());
  }

  @Test
  void alsoToWhoDoesNotWaitLonger() {
    Held loading = loadingWhileItExpires();
    var slow = new Held(cache.with(o -> o.withHardTimeout(Duration.ofMinutes(1))), _ -> "newest");
    assertEquals("new", loading.landed().value());
    clock.advance(Duration.ofMinutes(1));
    assertEquals("new", slow.answer.join().value());
    assertEquals("new", slow.landed().value());
  }

  @Test
  void whatIsLoadedAfterTheExpiryIsNewer() {
    Held loading = loadingWhileItExpires();
    assertEquals("newest", cache.get("k", _ -> "newest"));
    assertEquals("new", loading.landed().value());
    CacheResult<String> next = cache.lookup("k", NoOlderValueIsShownAgainTest::fails);
    assertEquals("newest", next.value());
    assertFalse(next.stale());
  }

  @Test
  void whatIsGivenIsNewer() {
    Held loading = loadingWhileItExpires();
    cache.put("k", "given");
    assertEquals("new", loading.landed().value());
    assertEquals("given", cache.get("k", NoOlderValueIsShownAgainTest::fails));
  }

  @ParameterizedTest
  @MethodSource("hard")
  void whatIsForgottenStaysForgotten(Way way) {
    Held loading = loadingWhileItExpires();
    way.done().accept(cache);
    assertEquals("new", loading.landed().value());
    assertTrue(cache.peek("k").isEmpty());
  }

  @Test
  void whatGotAnotherTagMeanwhileStandsInForNothing() {
    cache.expireTag("t");
    var loading = new Held(cache, _ -> "new, of another tag");
    cache.expireTag("t");
    cache.invalidateTag("u");
    assertEquals("new, of another tag", loading.landed().value());
    assertEquals("old", cache.get("k", NoOlderValueIsShownAgainTest::fails));
  }

  /** Values grow, a third of the loads fails, and no reader sees one that is smaller than the one before. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whateverHappensAtOnce(boolean shared) throws Exception {
    CacheBuilder<String, Integer> builder = Cache.<String, Integer>named("growing")
        .freshFor(LONG)
        .staleIfError(LONG)
        .options(o -> o.withRefreshPause(Duration.ofMillis(1)))
        .tags(_ -> List.of("t"));
    Cache<String, Integer> growing = shared ? builder.kv(new MemoryKv(1_000, InstantSource.system()), Integer.class)
        .build()
        : builder.build();
    var origin = new AtomicInteger(1);
    assertEquals(1, growing.get("k", _ -> origin.get()));
    var over = new AtomicBoolean();
    var begun = new CountDownLatch(4);
    try (var threads = Executors.newFixedThreadPool(4)) { // virtual ones that never wait would leave no place for loads
      List<Future<Integer>> readers = IntStream.range(0, 4)
          .mapToObj(_ -> threads.submit(() -> {
            begun.countDown();
            return read(growing, origin, over);
          }))
          .toList();
      Waiting.until(begun);
      for (int i = 2; i < WRITES; i++) {
        origin.set(i);
        if (i % 2 == 0) {
          growing.expire("k");
        } else {
          growing.expireTag("t");
        }
      }
      over.set(true);
      int reads = 0;
      for (Future<Integer> reader : readers) {
        reads += reader.get();
      }
      assertTrue(reads > 0);
    }
  }

  /** How often it has read. */
  private static int read(Cache<String, Integer> cache, AtomicInteger origin, AtomicBoolean over) {
    int last = 0;
    int times = 0;
    for (; !over.get(); times++) {
      int now = cache.get("k", _ -> {
        if (ThreadLocalRandom.current().nextInt(3) == 0) {
          throw new IllegalStateException("no k");
        }
        return origin.get();
      });
      assertTrue(now >= last, now + " after " + last);
      last = now;
    }
    return times;
  }

  private Held loadingWhileItExpires() {
    cache.expire("k");
    var loading = new Held(cache, _ -> "new");
    cache.expire("k");
    return loading;
  }

  private static String fails(String key) {
    throw new IllegalStateException("no " + key);
  }
}
