package dev.edge4j;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text that came with a request: a path parameter, a query parameter, a form field. Reading it as a type it does not have is a
 * {@link BadRequest} that names it.
 *
 * @param source where it came from, for messages: {@code path}, {@code query}, {@code form}
 * @param name its name
 * @param text the decoded text, if it was there
 */
public record Value(String source, String name, Optional<String> text) {
  /** True if it was there, even if empty. */
  public boolean isPresent() {
    return text.isPresent();
  }

  /** The text; {@link BadRequest} if it was not there. */
  public String asString() {
    return text.orElseThrow(() -> new BadRequest(name, "is missing from the " + source));
  }

  public String orElse(String fallback) {
    return text.orElse(fallback);
  }

  /** Decimal digits with an optional minus sign; nothing else that {@link Long#parseLong} would take. */
  public long asLong() {
    String value = asString();
    if (!value.isEmpty() && value.length() <= 20 && value.charAt(0) != '+' && isAscii(value)) {
      try {
        return Long.parseLong(value);
      } catch (NumberFormatException e) {
        throw expected("a whole number", e);
      }
    }
    throw expected("a whole number", null);
  }

  public long asLong(long fallback) {
    return text.isPresent() ? asLong() : fallback;
  }

  /** As {@link #asLong()}, within the range of an int. */
  public int asInt() {
    long value = asLong();
    if (value != (int) value) {
      throw expected("a whole number of at most 32 bits", null);
    }
    return (int) value;
  }

  public int asInt(int fallback) {
    return text.isPresent() ? asInt() : fallback;
  }

  /** The canonical form of 36 characters, and no other. */
  public UUID asUuid() {
    String value = asString();
    try {
      UUID uuid = UUID.fromString(value);
      if (uuid.toString().equalsIgnoreCase(value)) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      throw expected("a UUID", e);
    }
    throw expected("a UUID", null);
  }

  /** A constant of that enum, without case. */
  public <E extends Enum<E>> E asEnum(Class<E> type) {
    String value = asString();
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    throw expected("one of " + String.join(", ", names(type)).toLowerCase(Locale.ROOT), null);
  }

  private static <E extends Enum<E>> String[] names(Class<E> type) {
    E[] constants = type.getEnumConstants();
    var names = new String[constants.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = constants[i].name();
    }
    return names;
  }

  private static boolean isAscii(String value) {
    return value.chars().allMatch(c -> c < 128);
  }

  private BadRequest expected(String what, @Nullable Throwable cause) {
    BadRequest error = new BadRequest(name, "is not " + what);
    if (cause != null) {
      error.initCause(cause);
    }
    return error;
  }
}
