package dev.edge4j.cache;

import dev.edge4j.cache.shared.KeyText;
import dev.edge4j.cache.shared.KeyVersions;
import dev.edge4j.cache.shared.QuietKv;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Entries in the key-value store. What is done to one key is done in order, now or once the store answers again. */
final class SecondLayer<K, V> {
  /**
   * What the store has of a key; {@code failed} if it did not answer. The version of the key is empty if it is not known: then
   * nothing that is loaded now may be stored.
   */
  record Far<V>(Optional<Entry<V>> entry, OptionalLong version, boolean failed) {
    /** Whether the store did not tell whether it has the key: it did not answer, or what is to be done to the key waits. */
    boolean isUnknown() {
      return version.isEmpty();
    }

    static <V> Far<V> nothing() {
      return new Far<>(Optional.empty(), OptionalLong.empty(), false);
    }
  }

  private final QuietKv kv;
  private final KeyVersions keys;
  private final EntryCodec<V> codec;
  private final Optional<Duration> keptFor;
  private final InstantSource clock;

  /** Entries are kept for {@code keptFor}, or their life if that is empty. */
  SecondLayer(QuietKv kv, KeyVersions keys, EntryCodec<V> codec, Optional<Duration> keptFor, InstantSource clock) {
    this.kv = kv;
    this.keys = keys;
    this.codec = codec;
    this.keptFor = keptFor;
    this.clock = clock;
  }

  Far<V> get(K key) {
    String text = KeyText.of(key);
    Optional<Optional<byte[]>> read = kv.get(text);
    if (read.isEmpty()) {
      return new Far<>(Optional.empty(), OptionalLong.empty(), true);
    }
    OptionalLong version = keys.read(text); // after the entry, which is good if it has this version even now
    Optional<Entry<V>> entry = read.get()
        .filter(_ -> version.isPresent())
        .flatMap(this::decode)
        .filter(stored -> stored.keyVersion() == version.getAsLong())
        .map(EntryCodec.Stored::entry);
    return new Far<>(entry, version, version.isEmpty() && !kv.isPending(text));
  }

  /** Stores what was loaded since its key had that version, unless {@code superseded} by the time its turn comes. */
  void put(K key, Entry<V> entry, long version, BooleanSupplier superseded) {
    Duration life = life(entry);
    if (life.isPositive()) {
      encode(entry, version).ifPresent(bytes -> kv.put(KeyText.of(key), bytes, life, superseded));
    }
  }

  /** Stores what was given, unless {@code superseded}; no older value is left, also if it cannot be stored. */
  void give(K key, Entry<V> entry, BooleanSupplier superseded) {
    long version = keys.next();
    Duration life = life(entry);
    Optional<byte[]> bytes = life.isPositive() ? encode(entry, version) : Optional.empty();
    if (bytes.isPresent()) {
      keys.put(KeyText.of(key), bytes.get(), life, version, superseded);
    } else {
      delete(key);
    }
  }

  void delete(K key) {
    keys.delete(KeyText.of(key));
  }

  /** Makes the entry of a key stale; deletes it if it cannot be read. */
  void expire(K key) {
    long now = clock.millis();
    keys.rewrite(KeyText.of(key), (bytes, version, next) -> decode(bytes)
        .filter(stored -> stored.keyVersion() == version)
        .flatMap(stored -> rewritten(stored.entry().expired(now), next)));
  }

  private Optional<KeyVersions.Rewritten> rewritten(Entry<V> entry, long version) {
    Duration life = life(entry);
    return life.isPositive() ? encode(entry, version).map(bytes -> new KeyVersions.Rewritten(bytes, life))
        : Optional.empty();
  }

  private Duration life(Entry<V> entry) {
    long left = entry.times.goneAt() - clock.millis();
    return keptFor.map(kept -> kept.minusMillis(clock.millis() - entry.times.storedAt()))
        .orElse(Duration.ofMillis(left));
  }

  private Optional<byte[]> encode(Entry<V> entry, long version) {
    try {
      return Optional.of(codec.encode(entry, version));
    } catch (Exception e) { // whatever a codec throws
      kv.failed("a value could not be written for the second layer", e);
      return Optional.empty();
    }
  }

  private Optional<EntryCodec.Stored<V>> decode(byte[] bytes) {
    try {
      return codec.decode(bytes);
    } catch (Exception e) { // whatever a codec throws
      kv.failed("an entry of the second layer could not be read", e);
      return Optional.empty();
    }
  }
}
