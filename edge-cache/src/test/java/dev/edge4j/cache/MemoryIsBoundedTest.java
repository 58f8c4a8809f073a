package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The memory holds so many entries, or so much weight, and no more. */
class MemoryIsBoundedTest {
  private final TestClock clock = new TestClock();

  private static long held(Cache<Integer, String> cache, int keys) {
    return IntStream.range(0, keys).filter(key -> cache.peek(key).isPresent()).count();
  }

  @Test
  void byCount() {
    Queue<Integer> evicted = new ConcurrentLinkedQueue<>();
    Cache<Integer, String> cache = Cache.<Integer, String>named("test")
        .memory(10)
        .listener(new CacheListener<Integer>() {
          @Override
          public void evicted(Integer key) {
            evicted.add(key);
          }
        })
        .build();
    IntStream.range(0, 100).forEach(key -> cache.put(key, "value"));
    Waiting.until(() -> held(cache, 100) <= 10);
    Waiting.until(() -> cache.stats().evictions() == 90 && evicted.size() == 90);
  }

  @Test
  void byWeight() {
    Cache<Integer, String> cache = Cache.<Integer, String>named("test")
        .memoryWeight(1_000, (_, value) -> value.length())
        .negativeFor(Duration.ofMinutes(1))
        .build();
    IntStream.range(0, 50).forEach(key -> cache.put(key, "x".repeat(100)));
    Waiting.until(() -> held(cache, 50) <= 10);
    cache.put(99, "x".repeat(1_001));
    Waiting.until(() -> cache.peek(99).isEmpty());
    assertEquals(Optional.empty(), cache.find(98, _ -> Optional.empty()), "what is absent weighs something too");
  }

  @Test
  void whatIsOverIsSweptOutWithoutBeingCounted() {
    Cache<Integer, String> cache = Cache.<Integer, String>named("test").memory(100).clock(clock).build();
    IntStream.range(0, 10).forEach(key -> cache.put(key, "value"));
    assertEquals(10, cache.size());
    clock.advance(Duration.ofMinutes(2));
    cache.put(10, "value");
    Waiting.until(() -> cache.size() == 1);
    assertEquals(0, cache.stats().evictions());
  }

  @Test
  void nonsenseIsRefused() {
    CacheBuilder<Integer, String> builder = Cache.named("test");
    assertThrows(IllegalArgumentException.class, () -> builder.memory(0));
    assertThrows(IllegalArgumentException.class, () -> builder.memoryWeight(0, (_, _) -> 1));
  }
}
