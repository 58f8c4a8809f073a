package dev.edge4j.data.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.data.sqlite.SqliteKv;
import dev.edge4j.data.sqlite.SqliteOptions;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.kv.VersionedKv;
import dev.edge4j.testing.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is called in whatever order, a store answers as a plain map with a clock would. */
class KvAgreesWithItsModelTest {
  private static final List<String> KEYS = List.of("a", "a/", "a/b", "a～", "a🔑", "é", "z");
  private static final int RUNS = Boolean.getBoolean("edge4j.long") ? 3_000 : 40;
  private static final int CALLS = 50;

  private record Value(String text, Optional<String> metadata, Optional<Instant> expiresAt, long version) {}

  @Test
  void inMemory() {
    for (int run = 0; run < RUNS * 5; run++) {
      new Run(run, clock -> new MemoryKv(1_000, clock)).go();
    }
  }

  @Test
  void inSqlite(@TempDir Path folder) {
    SqliteOptions quick = SqliteOptions.defaults().withSynchronous(SqliteOptions.Synchronous.NORMAL);
    try (var database = SqliteDatabase.open(folder.resolve("kv.db"), quick)) {
      for (int run = 0; run < RUNS; run++) {
        String table = "run_" + run;
        new Run(run, clock -> SqliteKv.on(database, table, clock)).go();
      }
    }
  }

  @Test
  void behindCopies() {
    for (int run = 0; run < RUNS; run++) {
      new Run(run, clock -> CachedKv.over(new MemoryKv(1_000, clock), 5, 1 << 20, clock)).go();
    }
  }

  /** Random calls, made of a seed that a failure tells. */
  private static final class Run {
    private final long seed;
    private final Random random;
    private final VirtualClock clock = new VirtualClock();
    private final VersionedKv kv;
    private final TreeMap<String, Value> model = new TreeMap<>(Comparator.comparing(key -> key.getBytes(UTF_8),
        Arrays::compareUnsigned));
    private final Map<String, Long> last = new HashMap<>();
    private final List<String> told = new ArrayList<>();

    Run(long seed, Function<VirtualClock, VersionedKv> store) {
      this.seed = seed;
      this.random = new Random(seed);
      this.kv = store.apply(clock);
    }

    void go() {
      try (kv) {
        for (int i = 0; i < CALLS; i++) {
          call();
          compare();
        }
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + " after " + told + ": " + e.getMessage(), e);
      }
    }

    private void call() {
      String key = KEYS.get(random.nextInt(KEYS.size()));
      String text = String.valueOf(random.nextInt(100));
      KvOptions options = options();
      int kind = random.nextInt(9);
      told.add(kind + " " + key + " " + text + " " + options);
      switch (kind) {
        case 0 -> put(key, text, options, kv.put(key, text.getBytes(UTF_8), options));
        case 1 -> putAll(text, options);
        case 2 -> putIf(key, text, options);
        case 3 -> {
          boolean stored = kv.putIfAbsent(key, text.getBytes(UTF_8), Duration.ofSeconds(2));
          assertEquals(!model.containsKey(key), stored);
          if (stored) {
            put(key, text, KvOptions.expiringAfter(Duration.ofSeconds(2)), kv.entry(key).orElseThrow().version());
          }
        }
        case 4 -> {
          kv.delete(key);
          model.remove(key);
        }
        case 5 -> deleteIf(key);
        case 6 -> touch(key);
        case 7 -> {
          clock.advance(Duration.ofMillis(random.nextInt(1_500)));
          model.values().removeIf(value -> value.expiresAt.filter(at -> !at.isAfter(clock.instant())).isPresent());
        }
        default -> {
          kv.put(key, text.getBytes(UTF_8));
          put(key, text, KvOptions.none(), kv.entry(key).orElseThrow().version());
        }
      }
    }

    private KvOptions options() {
      KvOptions options = switch (random.nextInt(4)) {
        case 0 -> KvOptions.expiringAfter(Duration.ofMillis(1 + random.nextInt(2_000)));
        case 1 -> KvOptions.expiringAt(clock.instant().plusMillis(random.nextInt(2_000) - 200));
        default -> KvOptions.none();
      };
      return random.nextBoolean() ? options : options.withMetadata("{\"n\":" + random.nextInt(10) + "}");
    }

    private void putAll(String text, KvOptions options) {
      var values = new LinkedHashMap<String, byte[]>();
      for (int i = random.nextInt(4); i > 0; i--) {
        values.put(KEYS.get(random.nextInt(KEYS.size())), text.getBytes(UTF_8));
      }
      Map<String, Long> versions = kv.putAll(values, options);
      assertEquals(values.keySet(), versions.keySet());
      versions.forEach((key, version) -> put(key, text, options, version));
    }

    private void putIf(String key, String text, KvOptions options) {
      long expected = expected(key);
      OptionalLong version = kv.putIf(key, expected, text.getBytes(UTF_8), options);
      assertEquals(now(key) == expected, version.isPresent());
      version.ifPresent(number -> put(key, text, options, number));
    }

    private void deleteIf(String key) {
      long expected = Math.max(1, expected(key));
      boolean deleted = kv.deleteIf(key, expected);
      assertEquals(now(key) == expected, deleted);
      if (deleted) {
        model.remove(key);
      }
    }

    private void touch(String key) {
      Duration ttl = Duration.ofMillis(1 + random.nextInt(3_000));
      OptionalLong version = kv.touch(key, ttl);
      assertEquals(model.containsKey(key), version.isPresent());
      Optional.ofNullable(model.get(key))
          .ifPresent(old -> put(key, old.text, new KvOptions(Optional.of(ttl), Optional.empty(), old.metadata), version
              .orElseThrow()));
    }

    private void put(String key, String text, KvOptions options, long version) {
      assertTrue(version > last.getOrDefault(key, 0L), () -> "version " + version + " of " + key + " after " + last);
      last.put(key, version);
      Optional<Instant> expiresAt = options.ttl().map(clock.instant()::plus).or(options::expiresAt);
      if (expiresAt.filter(at -> !at.isAfter(clock.instant())).isPresent()) {
        model.remove(key);
      } else {
        model.put(key, new Value(text, options.metadata(), expiresAt, version));
      }
    }

    private long now(String key) {
      return Optional.ofNullable(model.get(key)).map(Value::version).orElse(0L);
    }

    /** The right one, one that was right once, or none. */
    private long expected(String key) {
      return switch (random.nextInt(4)) {
        case 0 -> 0;
        case 1 -> last.getOrDefault(key, 0L);
        default -> now(key);
      };
    }

    private void compare() {
      var expected = new LinkedHashMap<String, KvEntry>();
      model.forEach((key, value) -> expected.put(key, new KvEntry(key, value.text.getBytes(UTF_8), value.metadata,
          value.version, value.expiresAt)));
      assertEquals(expected, kv.entries(KEYS));
      assertEquals(expected, kv.entries(KEYS, Duration.ofMinutes(1)));
      String prefix = KEYS.get(random.nextInt(KEYS.size()));
      List<KvPage.Item> items = expected.values()
          .stream()
          .filter(entry -> entry.key().startsWith(prefix))
          .map(entry -> new KvPage.Item(entry.key(), entry.expiresAt(), entry.metadata()))
          .toList();
      assertEquals(items, pages(prefix, 1 + random.nextInt(3)));
      assertEquals(items.stream().map(KvPage.Item::key).toList(), kv.list(prefix, "", 100));
      KEYS.forEach(key -> assertEquals(Optional.ofNullable(expected.get(key)), kv.entry(key)));
      KEYS.forEach(key -> assertEquals(Optional.ofNullable(expected.get(key)), kv.entry(key, Duration.ofMinutes(1))));
    }

    private List<KvPage.Item> pages(String prefix, int limit) {
      var items = new ArrayList<KvPage.Item>();
      String cursor = "";
      do {
        KvPage page = kv.page(prefix, cursor, limit);
        items.addAll(page.items());
        cursor = page.cursor().orElse("");
      } while (!cursor.isEmpty());
      return items;
    }
  }
}
