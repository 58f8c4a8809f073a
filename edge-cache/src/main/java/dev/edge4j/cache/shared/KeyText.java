package dev.edge4j.cache.shared;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Keys as text, for the second layer. Two keys of one type have the same text only if they are equal.
 *
 * <p>Strings, numbers of the JDK, booleans, characters, enums (by name) and UUIDs are written as they print; records of these,
 * nested or not, with the length before each component, so that no component can imitate two. Anything else is refused.
 */
public final class KeyText {
  /** Leaves room in {@link dev.edge4j.kv.KvStore#MAX_KEY_BYTES} for the name of the cache. */
  public static final int MAX_BYTES = 320;

  private KeyText() {}

  /** The text of a key; a text over {@link #MAX_BYTES} is replaced by its SHA-256. */
  public static String of(Object key) {
    String text = plain(key);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= MAX_BYTES ? "=" + text : "#" + sha256(bytes);
  }

  private static String plain(Object key) {
    return switch (key) {
      case String text -> text;
      case Enum<?> constant -> constant.name();
      case Byte _,Short _,Integer _,Long _,Float _,Double _,BigInteger _,BigDecimal _ -> key.toString();
      case Boolean _,Character _,UUID _ -> key.toString();
      case Record parts -> components(parts);
      default -> throw new IllegalArgumentException("cache key of " + key.getClass()
          + " (expected: a string, number, boolean, enum, UUID or a record of these)");
    };
  }

  private static String components(Record key) {
    var text = new StringBuilder(key.getClass().getSimpleName());
    for (RecordComponent component : key.getClass().getRecordComponents()) {
      String part = plain(value(key, component.getAccessor()));
      text.append('|').append(part.length()).append(':').append(part);
    }
    return text.toString();
  }

  private static Object value(Record key, Method accessor) {
    try {
      if (!accessor.trySetAccessible()) {
        throw new IllegalArgumentException("cache key of " + key.getClass()
            + " (expected: a record in a package that is open to dev.edge4j.cache)");
      }
      Object value = accessor.invoke(key);
      if (value == null) {
        throw new IllegalArgumentException("cache key " + key + " (expected: no component that is null)");
      }
      return value;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException("cache key of " + key.getClass() + " cannot be read", e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
