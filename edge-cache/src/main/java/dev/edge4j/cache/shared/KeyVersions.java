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

  /** What takes the place of a stored value, and for how long. */
  public record Rewritten(byte[] value, Duration ttl) {}

  /** How a stored value is rewritten: what takes its place if it was good under {@code version}, and is good under {@code next}; empty if nothing does. */
  @FunctionalInterface
  public interface Rewriting {
    Optional<Rewritten> of(byte[] stored, long version, long next);
  }

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
    return OptionalLong.of(version(read.get()));
  }

  private static long version(Optional<byte[]> stored) {
    return stored.filter(bytes -> bytes.length == Long.BYTES).map(bytes -> ByteBuffer.wrap(bytes).getLong()).orElse(0L);
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

  /**
   * Renews the version of a key and rewrites what is stored of it, now or when the store answers; true if now. Nothing that this process does to the key
   * comes between the reading and the writing. If something waits to be done for the key, what is stored is no longer good, and is deleted.
   */
  public boolean rewrite(String key, Rewriting how) {
    return kv.submit(key, new Outbox.Work() {
      @Override
      public boolean run() {
        Optional<byte[]> stored = kv.fetch(key);
        long version = version(kv.fetch(OF_KEY + key)); // after the value, which is good if it has this version even now
        long next = next();
        Optional<Rewritten> rewritten = stored.flatMap(bytes -> how.of(bytes, version, next));
        write(key, next);
        rewritten.ifPresentOrElse(now -> kv.write(key, now.value(), now.ttl()), () -> kv.remove(key));
        return true;
      }

      @Override
      public Outbox.Work over(Outbox.Work waiting) {
        return deleting(key);
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
