package dev.edge4j.kv;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keys and values in memory, for tests and for state that may be lost with the process. Bounded: past its capacity a new key
 * throws {@link IllegalStateException}, once what has expired is swept out.
 */
public final class MemoryKv implements KvStore {
  private static final int DEFAULT_CAPACITY = 100_000;

  /** Compared by identity, so not a record. */
  private static final class Entry {
    private final byte[] value;
    private final long expiresAt;

    Entry(byte[] value, long expiresAt) {
      this.value = value;
      this.expiresAt = expiresAt;
    }
  }

  private final ConcurrentSkipListMap<String, Entry> entries = new ConcurrentSkipListMap<>(MemoryKv::compareUtf8);
  private final AtomicInteger size = new AtomicInteger();
  private final int capacity;
  private final InstantSource clock;

  public MemoryKv() {
    this(DEFAULT_CAPACITY, InstantSource.system());
  }

  /** A store of at most {@code capacity} keys that reads time from {@code clock}. */
  public MemoryKv(int capacity, InstantSource clock) {
    this.capacity = capacity;
    this.clock = clock;
  }

  @Override
  public Optional<byte[]> get(String key) {
    Entry entry = entries.get(checkKey(key));
    return entry == null || isExpired(entry) ? Optional.empty() : Optional.of(entry.value.clone());
  }

  @Override
  public void put(String key, byte[] value) {
    store(key, new Entry(checkValue(value).clone(), Long.MAX_VALUE));
  }

  @Override
  public void put(String key, byte[] value, Duration ttl) {
    store(key, new Entry(checkValue(value).clone(), expiry(ttl)));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
    checkKey(key);
    Entry fresh = new Entry(checkValue(value).clone(), expiry(ttl));
    makeRoom(key);
    Entry result = entries.compute(key, (_, old) -> {
      if (old != null && !isExpired(old)) {
        return old;
      }
      if (old == null) {
        size.incrementAndGet();
      }
      return fresh;
    });
    return result == fresh;
  }

  @Override
  public void delete(String key) {
    if (entries.remove(checkKey(key)) != null) {
      size.decrementAndGet();
    }
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    String from = compareUtf8(prefix, after) > 0 ? prefix : after;
    return entries.tailMap(from, true)
        .entrySet()
        .stream()
        .filter(e -> !e.getKey().equals(after) && !isExpired(e.getValue()))
        .map(Map.Entry::getKey)
        .takeWhile(key -> key.startsWith(prefix))
        .limit(limit)
        .toList();
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public void close() {
    entries.clear();
    size.set(0);
  }

  private void store(String key, Entry entry) {
    checkKey(key);
    makeRoom(key);
    if (entries.put(key, entry) == null) {
      size.incrementAndGet();
    }
  }

  private void makeRoom(String key) {
    if (size.get() < capacity || entries.containsKey(key)) {
      return;
    }
    entries.forEach((k, e) -> {
      if (isExpired(e) && entries.remove(k, e)) {
        size.decrementAndGet();
      }
    });
    if (size.get() >= capacity) {
      throw new IllegalStateException("the store is full: " + capacity + " keys");
    }
  }

  private boolean isExpired(Entry entry) {
    return entry.expiresAt <= clock.millis();
  }

  private long expiry(Duration ttl) {
    if (!ttl.isPositive()) {
      throw new IllegalArgumentException("ttl: " + ttl + " (expected: a positive duration)");
    }
    return clock.millis() + ttl.toMillis();
  }

  private static String checkKey(String key) {
    int length = key.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException("key of " + length + " bytes (expected: 1 to " + MAX_KEY_BYTES + ")");
    }
    return key;
  }

  private static byte[] checkValue(byte[] value) {
    if (value.length > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("value of " + value.length + " bytes (expected: at most " + MAX_VALUE_BYTES
          + ")");
    }
    return value;
  }

  private static int compareUtf8(String a, String b) {
    return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
