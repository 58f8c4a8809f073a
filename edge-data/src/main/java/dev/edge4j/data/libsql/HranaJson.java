package dev.edge4j.data.libsql;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a server that may say anything: each member is what was expected, or {@link HranaException}. */
final class HranaJson {
  private static final Pattern INT64 = Pattern.compile("-?[0-9]{1,19}");
  private static final int SHOWN = 60;

  private HranaJson() {}

  static byte[] write(Map<String, ?> request) {
    return JsonCodec.jackson().write(request);
  }

  static Map<?, ?> read(byte[] json) throws HranaException {
    try {
      return object(JsonCodec.jackson().readAs(json, Object.class), "the answer");
    } catch (JsonException e) {
      throw HranaException.malformed(String.valueOf(e.getMessage()));
    }
  }

  static Map<?, ?> object(@Nullable Object value, String what) throws HranaException {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw unexpected(what, value, "an object");
  }

  static List<?> list(@Nullable Object value, String what) throws HranaException {
    if (value instanceof List<?> list) {
      return list;
    }
    throw unexpected(what, value, "an array");
  }

  static String text(@Nullable Object value, String what) throws HranaException {
    if (value instanceof String text) {
      return text;
    }
    throw unexpected(what, value, "a string");
  }

  static Optional<String> optionalText(@Nullable Object value, String what) throws HranaException {
    return value == null ? Optional.empty() : Optional.of(text(value, what));
  }

  /** A 64-bit integer, as the string that Hrana makes of it; not {@code +1}. */
  static long int64(String text, String what) throws HranaException {
    if (INT64.matcher(text).matches()) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw unexpected(what, text, "a 64-bit integer");
      }
    }
    throw unexpected(what, text, "a 64-bit integer");
  }

  /** A count, zero or more: as a number, or as a string. */
  static OptionalLong count(@Nullable Object value, String what) throws HranaException {
    long count = switch (value) {
      case null -> -1;
      case Integer number -> number;
      case Long number -> number;
      case String text -> int64(text, what);
      default -> throw unexpected(what, value, "a count");
    };
    if (count < 0 && value != null) {
      throw unexpected(what, value, "zero or more");
    }
    return value == null ? OptionalLong.empty() : OptionalLong.of(count);
  }

  static HranaException unexpected(String what, @Nullable Object found, String expected) {
    String text = String.valueOf(found);
    return HranaException.malformed(what + " is " + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...")
        + " (expected: " + expected + ")");
  }
}
