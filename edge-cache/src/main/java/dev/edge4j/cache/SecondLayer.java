package dev.edge4j.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Entries in the key-value store. A write and a delete of one key exclude each other in this process, so that a load in flight
 * cannot put back what was invalidated. A delete that failed is remembered: until it succeeds, or a newer value is written, the
 * key is a miss (for the last {@link #MAX_DOOMED} such keys).
 */
final class SecondLayer<K, V> {
  private static final int STRIPES = 64;
  private static final int MAX_DOOMED = 100_000;

  private final QuietKv kv;
  private final EntryCodec<V> codec;
  private final InstantSource clock;
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
  private final com.github.benmanes.caffeine.cache.Cache<String, Boolean> doomed = Caffeine.newBuilder()
      .maximumSize(MAX_DOOMED)
      .build();

  SecondLayer(QuietKv kv, EntryCodec<V> codec, InstantSource clock) {
    this.kv = kv;
    this.codec = codec;
    this.clock = clock;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  Optional<Entry<V>> get(K key) {
    String text = KeyText.of(key);
    if (doomed.getIfPresent(text) != null) {
      delete(key);
      return Optional.empty();
    }
    return kv.get(text).flatMap(found -> found).flatMap(this::decode);
  }

  /** Stores an entry for the rest of its life, unless {@code superseded} by the time its turn comes. */
  void put(K key, Entry<V> entry, BooleanSupplier superseded) {
    String text = KeyText.of(key);
    Optional<byte[]> bytes = encode(entry);
    long life = entry.staleUntil() - clock.millis();
    ReentrantLock stripe = stripe(text);
    stripe.lock();
    try {
      boolean wanted = bytes.isPresent() && life > 0 && !superseded.getAsBoolean();
      if (wanted && kv.put(text, bytes.get(), Duration.ofMillis(life))) {
        doomed.invalidate(text);
      }
    } finally {
      stripe.unlock();
    }
  }

  void delete(K key) {
    String text = KeyText.of(key);
    ReentrantLock stripe = stripe(text);
    stripe.lock();
    try {
      if (kv.delete(text)) {
        doomed.invalidate(text);
      } else {
        doomed.put(text, true);
      }
    } finally {
      stripe.unlock();
    }
  }

  private Optional<byte[]> encode(Entry<V> entry) {
    try {
      return Optional.of(codec.encode(entry));
    } catch (RuntimeException e) {
      kv.failed("a value could not be written as JSON for the second layer", e);
      return Optional.empty();
    }
  }

  private Optional<Entry<V>> decode(byte[] bytes) {
    try {
      return Optional.of(codec.decode(bytes));
    } catch (IOException e) {
      kv.failed("an entry of the second layer could not be read", e);
      return Optional.empty();
    }
  }

  private ReentrantLock stripe(String text) {
    return stripes[Math.floorMod(text.hashCode(), STRIPES)];
  }
}
