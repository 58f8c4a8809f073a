package dev.edge4j.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.ForwardingKv;
import dev.edge4j.cache.support.TestLoader;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Memory and store keep a value for times of their own, and the store only what is of this version and passes the codec. */
class TwoLayersTwoTimesTest {
  private static final String KEY = "cache:test:=k";

  private final VirtualClock clock = new VirtualClock();
  private final MemoryKv kv = new MemoryKv(1_000, clock);
  private final TestLoader<String> loader = new TestLoader<>();

  private CacheBuilder<String, String> builder(KvStore store) {
    return Cache.<String, String>named("test").freshFor(Duration.ofMinutes(10)).kv(store, String.class).clock(clock);
  }

  private Cache<String, String> filled(CacheBuilder<String, String> builder) {
    Cache<String, String> cache = builder.build();
    cache.get("k", loader);
    Waiting.until(() -> kv.get(KEY).isPresent());
    return cache;
  }

  @Test
  void theMemoryAsksAgainAfterItsTime() {
    Cache<String, String> cache = filled(builder(kv).memoryFor(Duration.ofSeconds(5)));
    clock.advance(Duration.ofSeconds(5).minusMillis(1));
    assertEquals(Layer.L1, cache.lookup("k", loader).layer());
    clock.advance(Duration.ofMillis(1));
    assertEquals(new CacheResult<>("k#1", Layer.L2, Duration.ofSeconds(5), false, false, false), cache.lookup("k",
        loader));
    assertEquals(Layer.L1, cache.lookup("k", loader).layer(), "and trusts its copy for as long again");
  }

  @Test
  void soItSeesWhatAnotherNodeHasDone() {
    Cache<String, String> here = filled(builder(kv).memoryFor(Duration.ofSeconds(5)));
    Cache<String, String> there = builder(kv).build();
    clock.advance(Duration.ofSeconds(5));
    there.put("k", "of another node");
    assertEquals("of another node", here.get("k", loader));
    there.invalidate("k");
    clock.advance(Duration.ofSeconds(5));
    assertEquals("k#2", here.get("k", loader));
  }

  @Test
  void andGoesByItsCopyWhileTheStoreIsAway() {
    var store = new FailingKv(kv);
    Cache<String, String> cache = filled(builder(store).memoryFor(Duration.ofSeconds(5)));
    store.cut = true;
    clock.advance(Duration.ofSeconds(5));
    CacheResult<String> copy = cache.lookup("k", loader);
    assertEquals(new CacheResult<>("k#1", Layer.L1, Duration.ofSeconds(5), false, true, false), copy);
    assertEquals(1, loader.loads.get());
  }

  @Test
  void orWhileItsOwnWriteIsUnderWay() {
    var answered = new CountDownLatch(1);
    var store = new ForwardingKv(kv) {
      @Override
      public void put(String key, byte[] value, Duration ttl) {
        super.put(key, value, ttl);
        Waiting.until(() -> answered.getCount() == 0);
      }
    };
    Cache<String, String> cache = filled(builder(store).memoryFor(Duration.ofSeconds(5)));
    clock.advance(Duration.ofSeconds(5));
    assertEquals("k#1", cache.peek("k").orElseThrow().value());
    CacheResult<String> copy = cache.lookup("k", loader);
    answered.countDown();
    assertEquals(new CacheResult<>("k#1", Layer.L1, Duration.ofSeconds(5), false, true, false), copy);
    assertEquals(1, loader.loads.get());
  }

  @Test
  void theStoreKeepsAValueForItsOwnTime() {
    Cache<String, String> cache = filled(builder(kv).kvFor(Duration.ofMinutes(1)));
    clock.advance(Duration.ofMinutes(1));
    assertEquals(Optional.empty(), kv.get(KEY));
    assertEquals(Layer.L1, cache.lookup("k", loader).layer());
  }

  @Test
  void anotherVersionIsAMiss() {
    filled(builder(kv).version(3));
    assertEquals("k#1", builder(kv).version(3).build().get("k", loader));
    Cache<String, String> next = builder(kv).version(4).build();
    assertEquals("k#2", next.get("k", loader));
    assertEquals(0, next.stats().kvFailures(), "which is no failure");
  }

  @Test
  void whatTheCodecRefusesIsAMiss() {
    ValueCodec<String> upperCase = new ValueCodec<>() {
      @Override
      public byte[] encode(String value) {
        return value.getBytes(UTF_8);
      }

      @Override
      public String decode(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        if (!text.startsWith("K")) {
          throw new IllegalArgumentException("value: " + text + " (expected: a K first)");
        }
        return text;
      }
    };
    Cache<String, String> cache = Cache.<String, String>named("test").kv(kv, upperCase).clock(clock).build();
    cache.get("k", _ -> "Kept");
    Waiting.until(() -> kv.get(KEY).isPresent());
    assertTrue(new String(kv.get(KEY).orElseThrow(), UTF_8).endsWith("Kept"));
    assertEquals("Kept", Cache.<String, String>named("test").kv(kv, upperCase).clock(clock).build().get("k", loader));
    cache.put("k", "refused later");
    Cache<String, String> restarted = Cache.<String, String>named("test").kv(kv, upperCase).clock(clock).build();
    assertEquals("k#1", restarted.get("k", loader));
    assertEquals(1, restarted.stats().kvFailures());
  }

  @Test
  void aStoreIsNeededForWhatConcernsIt() {
    CacheBuilder<String, String> none = Cache.named("test");
    assertThrows(IllegalStateException.class, () -> none.kvFor(Duration.ofSeconds(1)).build());
  }
}
