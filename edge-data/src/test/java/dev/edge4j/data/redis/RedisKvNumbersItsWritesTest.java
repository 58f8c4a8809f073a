package dev.edge4j.data.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Versions, metadata and expiries in Redis: what is set with a write is read with it, and only the version that is there can be replaced. */
class RedisKvNumbersItsWritesTest {
  private static final byte[] ONE = KvNames.bytes("1");
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00.123Z");

  private Redis redis;
  private RedisKv kv;

  @BeforeEach
  void open() {
    redis = Servers.shared();
    kv = RedisKv.on(redis, Servers.prefix());
  }

  @AfterEach
  void close() {
    kv.close();
    redis.close();
  }

  @Test
  void anEntryIsWhatWasPut() {
    long version = kv.put("a", ONE, KvOptions.expiringAt(LATER).withMetadata("{\"é\":1}"));
    assertEquals(new KvEntry("a", ONE, Optional.of("{\"é\":1}"), version, Optional.of(LATER)), kv.entry("a")
        .orElseThrow());
    long second = kv.put("a", new byte[0], KvOptions.none());
    assertTrue(second > version);
    assertEquals(new KvEntry("a", new byte[0], Optional.empty(), second, Optional.empty()), kv.entry("a")
        .orElseThrow());
    assertTrue(kv.put("a", ONE, KvOptions.expiringAt(Instant.EPOCH)) > second);
    assertEquals(Optional.empty(), kv.entry("a"));
    assertEquals(List.of(), kv.list("", "", 10));
  }

  @Test
  void onlyTheVersionThatIsThereIsReplaced() {
    long first = kv.putIf("a", 0, ONE, KvOptions.none()).orElseThrow();
    assertTrue(kv.putIf("a", 0, ONE, KvOptions.none()).isEmpty());
    long second = kv.putIf("a", first, ONE, KvOptions.none()).orElseThrow();
    assertTrue(kv.putIf("a", first, ONE, KvOptions.none()).isEmpty());
    assertFalse(kv.deleteIf("a", first));
    assertTrue(kv.deleteIf("a", second));
    assertFalse(kv.deleteIf("a", second));
    assertTrue(kv.putIf("a", second, ONE, KvOptions.none()).isEmpty(), "it is absent");
    assertTrue(kv.putIf("a", 0, ONE, KvOptions.none()).orElseThrow() > second);
  }

  @Test
  void aTouchMovesTheExpiryAndKeepsTheRest() {
    assertTrue(kv.touch("a", Duration.ofHours(1)).isEmpty());
    long version = kv.put("a", ONE, KvOptions.none().withMetadata("7"));
    long touched = kv.touch("a", Duration.ofHours(1)).orElseThrow();
    KvEntry entry = kv.entry("a").orElseThrow();
    assertTrue(touched > version);
    assertEquals(touched, entry.version());
    assertEquals(Optional.of("7"), entry.metadata());
    assertTrue(entry.expiresAt().isPresent());
  }

  @Test
  void manyAtOnce() {
    Map<String, byte[]> values = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      values.put("k" + i, KvNames.bytes("value " + i));
    }
    Map<String, Long> versions = kv.putAll(values, KvOptions.expiringAfter(Duration.ofHours(1)));
    assertEquals(List.copyOf(values.keySet()), List.copyOf(versions.keySet()));
    Map<String, KvEntry> entries = kv.entries(List.of("k7", "none", "k3"));
    assertEquals(List.of("k7", "k3"), List.copyOf(entries.keySet()));
    entries.forEach((key, entry) -> assertEquals(versions.get(key), entry.version()));
    assertEquals(Map.of(), kv.putAll(Map.of(), KvOptions.none()));
    assertEquals(Map.of(), kv.entries(List.of()));
  }

  @Test
  void pagesShowMetadataAndExpiry() {
    kv.put("p/a", ONE, KvOptions.expiringAt(LATER).withMetadata("{}"));
    kv.put("p/b", ONE);
    kv.put("p/c", ONE);
    kv.put("q", ONE);
    KvPage first = kv.page("p/", "", 2);
    assertEquals(List.of(new KvPage.Item("p/a", Optional.of(LATER), Optional.of("{}")),
        new KvPage.Item("p/b", Optional.empty(), Optional.empty())), first.items());
    KvPage second = kv.page("p/", first.cursor().orElseThrow(), 2);
    assertEquals(List.of(new KvPage.Item("p/c", Optional.empty(), Optional.empty())), second.items());
    assertTrue(second.complete());
  }
}
