package dev.edge4j.state.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** What names and values may be, checked where they come in. */
public final class Limits {
  public static final int MAX_NAME_BYTES = 512;
  public static final int MAX_VALUE_BYTES = 2 << 20;
  public static final int MAX_PAGE = 10_000;
  public static final int MAX_TAGS = 10;
  public static final int MAX_TAG_BYTES = 256;
  public static final int MAX_ATTACHMENT_BYTES = 16 << 10;
  public static final int MAX_SOCKETS = 32_768;
  private static final int MAX_REASON_BYTES = 123;

  /** The order of the files: by the bytes of UTF-8, which beyond U+FFFF is not the order of Java's strings. */
  public static final Comparator<String> UTF8_ORDER = Limits::compareUtf8;

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9_-]{1,64}");

  private Limits() {}

  public static void checkNamespace(String name) {
    if (!NAMESPACE.matcher(name).matches()) {
      throw new IllegalArgumentException("namespace: \"" + name + "\" (expected: 1 to 64 of a-z, 0-9, - and _)");
    }
  }

  /** An id or a key: half a surrogate pair would become a question mark on disk, and two objects one. */
  public static void checkName(String what, String name) {
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

  public static void checkValue(String key, byte[] value) {
    if (value.length > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("value of \"" + key + "\": " + value.length
          + " bytes as JSON (expected: at most "
          + MAX_VALUE_BYTES + "; cut it into several keys)");
    }
  }

  /** How many names may be asked for at a time. */
  public static void checkPage(int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MAX_PAGE
          + "; the next page begins after the last name)");
    }
  }

  /** A socket's tags. */
  public static void checkTags(List<String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw new IllegalArgumentException("tags: " + tags.size() + " (expected: at most " + MAX_TAGS + ")");
    }
    for (String tag : tags) {
      checkName("tag", tag);
      if (tag.getBytes(UTF_8).length > MAX_TAG_BYTES) {
        throw new IllegalArgumentException("tag of " + tag.getBytes(UTF_8).length + " bytes (expected: 1 to "
            + MAX_TAG_BYTES + ")");
      }
    }
  }

  /** A socket's attachment. */
  public static void checkAttachment(byte[] json) {
    if (json.length > MAX_ATTACHMENT_BYTES) {
      throw new IllegalArgumentException("attachment: " + json.length + " bytes as JSON (expected: at most "
          + MAX_ATTACHMENT_BYTES + "; the object's storage takes more)");
    }
  }

  /** How a socket is closed: checked where it is asked for, as it happens later. */
  public static void checkClose(int code, String reason) {
    boolean known = code == 1000 || code == 1001 || code == 1003 || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
    if (!known || reason.getBytes(UTF_8).length > MAX_REASON_BYTES) {
      throw new IllegalArgumentException("close: " + code + " with a reason of " + reason.getBytes(UTF_8).length
          + " bytes (expected: 1000, 1001, 1003, 1007 to 1014, or 3000 to 4999, and at most " + MAX_REASON_BYTES
          + " bytes)");
    }
  }

  /** How many calls may wait. */
  public static void checkMailbox(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("mailbox: " + bound + " (expected: at least 1)");
    }
  }

  /** How long an idle object stays. */
  public static void checkIdleAfter(Duration time) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException("idleAfter: " + time + " (expected: a positive duration)");
    }
  }

  private static int compareUtf8(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        boolean sameSide = Character.isSurrogate(left) == Character.isSurrogate(right);
        return sameSide ? left - right : Character.isSurrogate(left) ? 1 : -1; // a pair stands for more than U+FFFF
      }
    }
    return a.length() - b.length();
  }
}
