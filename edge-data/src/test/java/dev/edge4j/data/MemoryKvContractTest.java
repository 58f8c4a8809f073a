package dev.edge4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.contract.VersionedKvContract;
import dev.edge4j.data.testing.ManualClock;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The store in memory keeps the same promises as those on disk. */
class MemoryKvContractTest extends VersionedKvContract {
  private static final byte[] ONE = {1};

  private final ManualClock clock = new ManualClock();

  @Override
  protected VersionedKv open() {
    return new MemoryKv(1_000, clock);
  }

  @Override
  protected void pass(Duration time) {
    clock.forward(time);
  }

  @Test
  void aPutOfManyThatDoesNotFitStoresNothing() {
    try (var kv = new MemoryKv(3, clock)) {
      kv.put("a", ONE, KvOptions.none());
      kv.put("b", ONE, KvOptions.expiringAfter(Duration.ofSeconds(1)));
      long version = kv.entry("a").orElseThrow().version();
      Map<String, byte[]> three = new TreeMap<>(Map.of("a", ONE, "c", ONE, "d", ONE));
      assertThrows(IllegalStateException.class, () -> kv.putAll(three, KvOptions.none()));
      assertThrows(IllegalStateException.class, () -> kv.putAll(Map.of("c", ONE, "d", ONE), KvOptions.none()));
      assertEquals(List.of("a", "b"), kv.list("", "", 10));
      assertEquals(version, kv.entry("a").orElseThrow().version());
      assertEquals(Set.of("a", "c"), kv.putAll(Map.of("a", ONE, "c", ONE), KvOptions.none()).keySet());
      assertThrows(IllegalStateException.class, () -> kv.put("d", ONE));
      clock.forward(Duration.ofSeconds(1));
      kv.put("d", ONE);
      assertEquals(List.of("a", "c", "d"), kv.list("", "", 10), "what has expired makes room");
      kv.delete("c");
      kv.put("e", ONE);
      assertThrows(IllegalStateException.class, () -> kv.put("f", ONE));
    }
  }

  @Test
  void aLaterStoreGoesOnAboveTheVersionsOfAnEarlierOne() {
    long last = 0;
    try (var earlier = new MemoryKv(10, clock)) {
      for (int i = 0; i < 1_000; i++) {
        last = earlier.put("a", ONE, KvOptions.none());
      }
    }
    clock.forward(Duration.ofMillis(1));
    try (var later = new MemoryKv(10, clock)) {
      assertTrue(later.put("a", ONE, KvOptions.none()) > last);
    }
  }
}
