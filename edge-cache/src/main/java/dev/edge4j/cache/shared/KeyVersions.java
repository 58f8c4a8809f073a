package dev.edge4j.cache.shared;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A version for each key in the store: 0 until the key is invalidated, and a new random number each time it is. What is stored of
 * a key carries the version that was read before it was loaded, and is nothing once the two differ. So a node that was
 * loading while another invalidated, and stores what it brings afterwards, brings nothing back.
 *
 * <p>Safe for use by many threads; everything here may wait for the store.
 */
public final class KeyVersions {
  private static final String OF_KEY = "k";
  /** Longer than any load takes that began before an invalidation. */
  private static final Duration MARGIN = Duration.ofDays(1);

  private final QuietKv kv;
  private final Supplier<Duration> longestLife;

  /** A version must outlive what was loaded before it, which lives no longer than that. */
  public KeyVersions(QuietKv kv, Supplier<Duration> longestLife) {
    this.kv = kv;
    this.longestLife = longestLife;
  }

  /** The version of a key; empty if the store does not answer, or does not have the newest yet. */
  public OptionalLong read(String key) {
    if (kv.isPending(key)) {
      return OptionalLong.empty();
    }
    Optional<Optional<byte[]>> read = kv.read(OF_KEY + key);
    if (read.isEmpty() || kv.isPending(key)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(read.get()
        .filter(bytes -> bytes.length == Long.BYTES)
        .map(bytes -> ByteBuffer.wrap(bytes).getLong())
        .orElse(0L));
  }

  /** A version that no key has. */
  public long next() {
    return KnownTags.random();
  }

  /** Renews the version of a key and deletes what is stored of it, now or when the store answers; true if now. */
  public boolean delete(String key) {
    return kv.submit(key, deleting(key));
  }

  /**
   * Stores a value that was not loaded but given, with a version that {@link #next} made for it, in place of whatever is stored;
   * if that cannot be, it is deleted.
   */
  public boolean put(String key, byte[] value, Duration ttl, long version, BooleanSupplier superseded) {
    Outbox.Work put = kv.putting(key, value, ttl, superseded);
    return kv.submit(key, new Outbox.Work() {
      @Override
      public boolean run() {
        if (superseded.getAsBoolean()) {
          return false;
        }
        write(key, version);
        return put.run();
      }

      @Override
      public int bytes() {
        return put.bytes();
      }

      @Override
      public boolean mayBeDropped() {
        return true;
      }

      @Override
      public Optional<Outbox.Work> ifDropped() {
        return Optional.of(deleting(key));
      }
    });
  }

  private Outbox.Work deleting(String key) {
    return () -> {
      write(key, next());
      kv.remove(key);
      return true;
    };
  }

  private void write(String key, long version) {
    kv.write(OF_KEY + key, ByteBuffer.allocate(Long.BYTES).putLong(version).array(), longestLife.get().plus(MARGIN));
  }
}
