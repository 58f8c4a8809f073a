package dev.edge4j.json;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What JSON has to hold for a type of Java, in words that fit behind "must be". */
final class Expected {
  private static final Set<Class<?>> WHOLE = Set.of(byte.class, Byte.class, short.class, Short.class, int.class,
      Integer.class, long.class, Long.class, BigInteger.class);

  /** What is no text, so that text in its place is of another kind, and not only another text. */
  private static final Set<String> NO_TEXT = Set.of("a whole number", "a number", "true or false", "a list",
      "an object");

  private static final String TIME = "a time such as 2026-01-31T12:00:00Z";

  private static final Map<Class<?>, String> FORMS = Map.ofEntries(Map.entry(float.class, "a number"),
      Map.entry(double.class, "a number"), Map.entry(boolean.class, "true or false"),
      Map.entry(Boolean.class, "true or false"), Map.entry(String.class, "text"),
      Map.entry(char.class, "one character"), Map.entry(Character.class, "one character"),
      Map.entry(byte[].class, "text in Base64"), Map.entry(UUID.class, "a UUID"), Map.entry(URI.class, "a URI"),
      Map.entry(Instant.class, TIME), Map.entry(OffsetDateTime.class, TIME), Map.entry(ZonedDateTime.class, TIME),
      Map.entry(LocalDate.class, "a date such as 2026-01-31"),
      Map.entry(LocalDateTime.class, "a time such as 2026-01-31T12:00:00"),
      Map.entry(LocalTime.class, "a time such as 12:00:00"), Map.entry(Duration.class, "a duration such as PT15M"));

  private Expected() {}

  static String of(@Nullable Class<?> type) {
    if (type == null) {
      return "another value";
    }
    if (WHOLE.contains(type)) {
      return "a whole number";
    }
    return FORMS.getOrDefault(type, ofKind(type));
  }

  /** Whether it says more to add that something is of that kind, where the other is expected. */
  static boolean excludes(String expected, String found) {
    return found.equals("text") ? NO_TEXT.contains(expected)
        : !(found.equals("a number") && expected.endsWith(" number"));
  }

  /** The bounds of whole numbers, to be read behind {@link #of}; nothing for others. */
  static String range(@Nullable Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return " from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
    }
    return type == long.class || type == Long.class ? " from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE : "";
  }

  private static String ofKind(Class<?> type) {
    if (type.isEnum()) {
      return "one of " + Arrays.stream(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", "));
    }
    if (Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : "another value";
  }
}
