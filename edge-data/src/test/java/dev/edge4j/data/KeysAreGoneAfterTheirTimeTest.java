package dev.edge4j.data;

import static dev.edge4j.data.Promises.ttl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** No way of writing keeps a value longer than its class promises, the ways of a store with versions included. */
class KeysAreGoneAfterTheirTimeTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final byte[] VALUE = {1};

  private final Told told = new Told();
  private final VersionedKv kv = DataMesh.builder().kv("sessions", told, ttl(HOUR)).build().versionedKv("sessions");

  @Test
  void aPutWithoutATimeGetsTheClasses() {
    kv.put("a", VALUE);
    kv.put("a", VALUE, KvOptions.none());
    kv.putAll(Map.of("a", VALUE), KvOptions.none());
    kv.putIf("a", 0, VALUE, KvOptions.none());
    assertEquals(List.of(KvOptions.expiringAfter(HOUR)), told.options.stream().distinct().toList());
  }

  @Test
  void aLongerOneIsCut() {
    Duration day = Duration.ofDays(1);
    kv.put("a", VALUE, day);
    kv.put("a", VALUE, KvOptions.expiringAfter(day));
    kv.put("a", VALUE, KvOptions.expiringAt(Instant.now().plus(day)));
    kv.putAll(Map.of("a", VALUE), KvOptions.expiringAfter(day));
    kv.putIf("a", 0, VALUE, KvOptions.expiringAfter(day));
    assertTrue(kv.putIfAbsent("a", VALUE, day));
    kv.touch("a", day);
    assertEquals(List.of(KvOptions.expiringAfter(HOUR)), told.options.stream().distinct().toList());
  }

  @Test
  void aShorterOneAndMetadataAreLeft() {
    Instant soon = Instant.now().plusSeconds(60);
    kv.put("a", VALUE, KvOptions.expiringAfter(Duration.ofMinutes(1)).withMetadata("{}"));
    kv.put("a", VALUE, KvOptions.expiringAt(soon));
    kv.put("a", VALUE, KvOptions.none().withMetadata("{}"));
    assertEquals(List.of(KvOptions.expiringAfter(Duration.ofMinutes(1)).withMetadata("{}"), KvOptions.expiringAt(soon),
        KvOptions.expiringAfter(HOUR).withMetadata("{}")), told.options);
  }

  @Test
  void aClassGivesWhatItsStoreHas() {
    try (DataMesh mesh = DataMesh.builder().kv("plain", new Plain(), ttl(HOUR)).build()) {
      assertInstanceOf(TtlKv.class, mesh.kv("plain"));
      assertThrows(IllegalArgumentException.class, () -> mesh.versionedKv("plain"));
    }
    assertInstanceOf(VersionedKv.class, DataMesh.builder().kv("a", told, ttl(HOUR)).build().kv("a"));
  }

  /** A store without versions, whatever {@link MemoryKv} has. */
  private static final class Plain implements KvStore {
    private final MemoryKv kept = new MemoryKv();

    @Override
    public Optional<byte[]> get(String key) {
      return kept.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
      kept.put(key, value);
    }

    @Override
    public void put(String key, byte[] value, Duration ttl) {
      kept.put(key, value, ttl);
    }

    @Override
    public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
      return kept.putIfAbsent(key, value, ttl);
    }

    @Override
    public void delete(String key) {
      kept.delete(key);
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
      return kept.list(prefix, after, limit);
    }

    @Override
    public void close() {
      kept.close();
    }
  }

  /** A store that keeps what it was told about the time, and nothing else. */
  private static final class Told implements VersionedKv {
    private final List<KvOptions> options = new ArrayList<>();

    @Override
    public Optional<KvEntry> entry(String key) {
      return Optional.empty();
    }

    @Override
    public Map<String, KvEntry> entries(Collection<String> keys) {
      return Map.of();
    }

    @Override
    public long put(String key, byte[] value, KvOptions given) {
      options.add(given);
      return 1;
    }

    @Override
    public Map<String, Long> putAll(Map<String, byte[]> values, KvOptions given) {
      options.add(given);
      return Map.of();
    }

    @Override
    public OptionalLong putIf(String key, long expectedVersion, byte[] value, KvOptions given) {
      options.add(given);
      return OptionalLong.of(1);
    }

    @Override
    public boolean deleteIf(String key, long version) {
      return false;
    }

    @Override
    public OptionalLong touch(String key, Duration ttl) {
      options.add(KvOptions.expiringAfter(ttl));
      return OptionalLong.empty();
    }

    @Override
    public KvPage page(String prefix, String cursor, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Subscription watch(String prefix, Consumer<KvChange> listener) {
      return () -> {};
    }

    @Override
    public void delete(String key) {}

    @Override
    public List<String> list(String prefix, String after, int limit) {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
