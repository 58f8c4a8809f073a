package dev.edge4j.kv;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A store of keys and values. Safe for use by many threads; calls may block, so never on an event loop (unless
 * {@link #isLocal} says that they do not).
 *
 * <p>Limits, after the Workers KV: a key is 1 to 512 bytes of UTF-8, a value at most 25 MiB. What is over them throws
 * {@link IllegalArgumentException} and changes nothing.
 */
public interface KvStore extends AutoCloseable {
  /** The largest key, in bytes of UTF-8. */
  int MAX_KEY_BYTES = 512;

  /** The largest value, in bytes. */
  int MAX_VALUE_BYTES = 25 * 1024 * 1024;

  /** The value, if there is one and it has not expired. */
  Optional<byte[]> get(String key);

  /** Stores a value until it is deleted. */
  void put(String key, byte[] value);

  /** Stores a value that is gone after {@code ttl}, which must be positive. */
  void put(String key, byte[] value, Duration ttl);

  /** Stores a value if there is none; true if it did. One caller at the most gets true for a key. */
  boolean putIfAbsent(String key, byte[] value, Duration ttl);

  /** Removes a value; no error if there is none. */
  void delete(String key);

  /** At most {@code limit} keys that begin with {@code prefix} and sort after {@code after}, in order of their UTF-8 bytes. */
  List<String> list(String prefix, String after, int limit);

  /** True if no call ever waits for a disk or a network. */
  default boolean isLocal() {
    return false;
  }

  @Override
  void close();
}
