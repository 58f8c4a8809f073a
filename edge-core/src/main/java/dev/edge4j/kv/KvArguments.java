package dev.edge4j.kv;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** The limits of {@link KvStore} and {@link VersionedKv} in one place, for who implements one: each check throws or gives back what is stored. */
public final class KvArguments {
  /** The expiry of what stays until it is deleted, in milliseconds. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The last expiry that a store must be able to keep: the end of the year 9999, in milliseconds. */
  public static final long LAST_EXPIRY = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private KvArguments() {}

  /** A key as UTF-8: 1 to {@link KvStore#MAX_KEY_BYTES} bytes. */
  public static byte[] key(String key) {
    byte[] bytes = utf8("key", key);
    if (bytes.length == 0 || bytes.length > KvStore.MAX_KEY_BYTES) {
      throw new IllegalArgumentException("key of " + bytes.length + " bytes (expected: 1 to " + KvStore.MAX_KEY_BYTES
          + ")");
    }
    return bytes;
  }

  /** A copy of a value of at most {@link KvStore#MAX_VALUE_BYTES}: its owner may change the array while a write waits. */
  public static byte[] value(byte[] value) {
    if (value.length > KvStore.MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("value of " + value.length + " bytes (expected: at most "
          + KvStore.MAX_VALUE_BYTES + ")");
    }
    return value.clone();
  }

  /** Metadata: one JSON value of at most {@link VersionedKv#MAX_METADATA_BYTES} of UTF-8. */
  public static String metadata(String json) {
    byte[] bytes = utf8("metadata", json);
    if (bytes.length > VersionedKv.MAX_METADATA_BYTES) {
      throw new IllegalArgumentException("metadata of " + bytes.length + " bytes (expected: at most "
          + VersionedKv.MAX_METADATA_BYTES + ")");
    }
    try {
      JsonCodec.jackson().readAs(bytes, Object.class);
    } catch (JsonException e) {
      throw new IllegalArgumentException("metadata that is no JSON (expected: an object, say): " + e.getMessage(), e);
    }
    return json;
  }

  /** A time to live: positive. */
  public static Duration ttl(Duration ttl) {
    if (!ttl.isPositive()) {
      throw new IllegalArgumentException("ttl: " + ttl + " (expected: a positive duration)");
    }
    return ttl;
  }

  /** How old a read may be: not negative. */
  public static Duration atMost(Duration atMost) {
    if (atMost.isNegative()) {
      throw new IllegalArgumentException("atMost: " + atMost + " (expected: zero or a positive duration)");
    }
    return atMost;
  }

  /** The version of an entry: positive. */
  public static long version(long version) {
    if (version <= 0) {
      throw new IllegalArgumentException("version: " + version
          + " (expected: the version of an entry, a positive number)");
    }
    return version;
  }

  /** The version that a compare and set expects: that of an entry, or 0 for none. */
  public static long expectedVersion(long version) {
    return version == 0 ? 0 : version(version);
  }

  /** The keys of a bulk read without repetitions: at most {@link VersionedKv#MAX_BULK} before they are taken out. */
  public static SequencedSet<String> bulk(Collection<String> keys) {
    checkBulk(keys.size());
    keys.forEach(KvArguments::key);
    return new LinkedHashSet<>(keys);
  }

  /** Copies of the values of a bulk write: at most {@link VersionedKv#MAX_BULK}. */
  public static Map<String, byte[]> bulk(Map<String, byte[]> values) {
    checkBulk(values.size());
    var copies = new LinkedHashMap<String, byte[]>();
    values.forEach((key, value) -> {
      key(key);
      copies.put(key, value(value));
    });
    return copies;
  }

  /** The limit of {@link KvStore#list}: not negative. */
  public static int listLimit(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: zero or more)");
    }
    return limit;
  }

  /** The limit of {@link VersionedKv#page}: 1 to {@link VersionedKv#MAX_PAGE}. */
  public static int pageLimit(int limit) {
    if (limit < 1 || limit > VersionedKv.MAX_PAGE) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + VersionedKv.MAX_PAGE + ")");
    }
    return limit;
  }

  /** A prefix of keys, or a position among them, as UTF-8; may be empty. */
  public static byte[] prefix(String prefix) {
    return utf8("prefix", prefix);
  }

  /** The first bytes behind all keys that begin with a prefix: the prefix and FF, which no UTF-8 has. */
  public static byte[] behindPrefix(byte[] prefix) {
    byte[] end = Arrays.copyOf(prefix, prefix.length + 1);
    end[prefix.length] = (byte) 0xff;
    return end;
  }

  /** Compares keys in the order of their UTF-8 bytes, which is not the order of {@link String#compareTo}. */
  public static int compareUtf8(String a, String b) {
    for (int i = 0, end = Math.min(a.length(), b.length()); i < end; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) { // the same order, but for surrogates, which stand for code points behind all others
        boolean high = Character.isSurrogate(x);
        return high == Character.isSurrogate(y) ? Character.compare(x, y) : high ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** What {@link KvEntry#expiresAt} is for an expiry in milliseconds, {@link #NEVER} included. */
  public static Optional<Instant> expiry(long millis) {
    return millis == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  static long expiryMillis(Instant now, Duration ttl) {
    Duration most = Duration.ofMillis(Math.max(1, LAST_EXPIRY - now.toEpochMilli()));
    if (ttl.compareTo(most) >= 0) {
      return LAST_EXPIRY;
    }
    return now.toEpochMilli() + ttl.plusNanos(999_999).toMillis();
  }

  static long millis(Instant instant) {
    return instant.isAfter(Instant.ofEpochMilli(LAST_EXPIRY)) ? LAST_EXPIRY
        : instant.isBefore(Instant.EPOCH) ? 0 : instant.toEpochMilli();
  }

  private static void checkBulk(int size) {
    if (size > VersionedKv.MAX_BULK) {
      throw new IllegalArgumentException(size + " keys at once (expected: at most " + VersionedKv.MAX_BULK + ")");
    }
  }

  private static byte[] utf8(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) { // half a pair would become a question mark, and two keys one
        if (Character.isLowSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new IllegalArgumentException(what
              + " with half a surrogate pair (expected: text that has a UTF-8 form)");
        }
        i++;
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
