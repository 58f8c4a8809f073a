package dev.edge4j.cache.bench;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.edge4j.cache.Cache;
import dev.edge4j.cache.CacheBuilder;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A hit in memory on one of 1,000 keys, evenly spread, on one thread: read through with a loader that is never called. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set by prepare
public class HitBenchmark {
  private static final int KEYS = 1_000;
  private static final int DRAWS = 1 << 16;

  private Long[] draws;
  private int next;
  private com.github.benmanes.caffeine.cache.Cache<Long, String> caffeine;
  private Cache<Long, String> plain;
  private Cache<Long, String> tagged;
  private Cache<Long, String> stored;

  @Setup(Level.Trial)
  public void prepare() {
    var random = new Random(42);
    draws = random.longs(DRAWS, 0, KEYS).boxed().toArray(Long[]::new);
    caffeine = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofHours(1)).build();
    plain = cache("plain").build();
    tagged = cache("tagged").tags(_ -> List.of("tag")).build();
    stored = cache("stored").tags(_ -> List.of("tag")).kv(new MemoryKv(), String.class).build();
    for (long key = 0; key < KEYS; key++) {
      String value = "value " + key;
      caffeine.put(key, value);
      plain.get(key, _ -> value);
      tagged.get(key, _ -> value);
      stored.get(key, _ -> value);
    }
  }

  private static CacheBuilder<Long, String> cache(String name) {
    return Cache.<Long, String>named(name).freshFor(Duration.ofHours(1));
  }

  private Long key() {
    return draws[next++ & DRAWS - 1];
  }

  /** What the others are measured by. */
  @Benchmark
  public String caffeine() {
    return caffeine.get(key(), HitBenchmark::load);
  }

  @Benchmark
  public String plain() {
    return plain.get(key(), HitBenchmark::load);
  }

  /** Each entry has a tag. */
  @Benchmark
  public String tagged() {
    return tagged.get(key(), HitBenchmark::load);
  }

  /** Each entry has a tag, and versions are shared through a store. */
  @Benchmark
  public String stored() {
    return stored.get(key(), HitBenchmark::load);
  }

  private static String load(long key) {
    throw new IllegalStateException("loaded " + key + " (expected: hits only)");
  }
}
