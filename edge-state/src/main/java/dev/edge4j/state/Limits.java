package dev.edge4j.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;

/** What names and values may be, checked where they come in. */
final class Limits {
  static final int MAX_NAME_BYTES = 512;
  static final int MAX_VALUE_BYTES = 2 << 20;

  /** The order of the files: by the bytes of UTF-8, which for a few characters is not the order of Java's strings. */
  static final Comparator<String> UTF8_ORDER = (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9_-]{1,64}");

  private Limits() {}

  static void checkNamespace(String name) {
    if (!NAMESPACE.matcher(name).matches()) {
      throw new IllegalArgumentException("namespace: \"" + name + "\" (expected: 1 to 64 of a-z, 0-9, - and _)");
    }
  }

  /** An id or a key: half a surrogate pair would become a question mark on disk, and two objects one. */
  static void checkName(String what, String name) {
    int length;
    try {
      length = UTF_8.newEncoder().encode(CharBuffer.wrap(name)).remaining();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(what + " with half a surrogate pair (expected: well-formed text)", e);
    }
    if (length == 0 || length > MAX_NAME_BYTES) {
      throw new IllegalArgumentException(what + " of " + length + " bytes (expected: 1 to " + MAX_NAME_BYTES + ")");
    }
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(what + " with a NUL character (expected: text without it)");
    }
  }

  static void checkValue(String key, byte[] value) {
    if (value.length > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("value of \"" + key + "\": " + value.length
          + " bytes as JSON (expected: at most "
          + MAX_VALUE_BYTES + "; cut it into several keys)");
    }
  }
}
