package dev.edge4j.data.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a column's value becomes a component's: what fits exactly is taken, everything else is an error. */
@FunctionalInterface
interface Conversion {
  /** The value as the component's type, or null if it does not fit. May throw what parsing and exact arithmetic throw. */
  @Nullable
  Object apply(Object value);

  Map<Class<?>, Conversion> BY_TYPE = Map.ofEntries(
      Map.entry(long.class, Conversion::toLong),
      Map.entry(Long.class, Conversion::toLong),
      Map.entry(int.class, Conversion::toInt),
      Map.entry(Integer.class, Conversion::toInt),
      Map.entry(double.class, Conversion::toDouble),
      Map.entry(Double.class, Conversion::toDouble),
      Map.entry(boolean.class, Conversion::toBoolean),
      Map.entry(Boolean.class, Conversion::toBoolean),
      Map.entry(String.class, value -> value instanceof String ? value : null),
      Map.entry(byte[].class, value -> value instanceof byte[] ? value : null),
      Map.entry(Instant.class, Conversion::toInstant),
      Map.entry(LocalDate.class, value -> value instanceof LocalDate ? value : fromText(value, LocalDate::parse)),
      Map.entry(BigDecimal.class, Conversion::toBigDecimal),
      Map.entry(UUID.class, value -> value instanceof UUID ? value : fromText(value, UUID::fromString)));

  /** The conversion to a type, or null if there is none. */
  static @Nullable Conversion to(Class<?> type) {
    return type.isEnum() ? value -> constant(type, value) : BY_TYPE.get(type);
  }

  private static @Nullable Object constant(Class<?> type, Object value) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(value)) {
        return constant;
      }
    }
    return null;
  }

  private static @Nullable Object toLong(Object value) {
    return switch (value) {
      case Long number -> number;
      case Integer number -> number.longValue();
      case Short number -> number.longValue();
      case BigDecimal number -> number.longValueExact();
      default -> null;
    };
  }

  private static @Nullable Object toInt(Object value) {
    return toLong(value) instanceof Long number ? Math.toIntExact(number) : null;
  }

  private static @Nullable Object toDouble(Object value) {
    return value instanceof Number number ? number.doubleValue() : null;
  }

  /** SQLite has no booleans: 0 and 1 stand for them, and nothing else does. */
  private static @Nullable Object toBoolean(Object value) {
    if (value instanceof Boolean) {
      return value;
    }
    return toLong(value) instanceof Long number && (number == 0 || number == 1) ? number == 1 : null;
  }

  private static @Nullable Object toInstant(Object value) {
    return switch (value) {
      case Instant instant -> instant;
      case OffsetDateTime time -> time.toInstant();
      case String text -> parseInstant(text);
      default -> toLong(value) instanceof Long millis ? Instant.ofEpochMilli(millis) : null;
    };
  }

  /** ISO 8601, or what SQLite's CURRENT_TIMESTAMP writes: {@code 2026-01-31 12:00:00}, in UTC. */
  private static Instant parseInstant(String text) {
    return text.indexOf(' ') == 10 ? LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC)
        : Instant.parse(text);
  }

  private static @Nullable Object toBigDecimal(Object value) {
    return switch (value) {
      case BigDecimal number -> number;
      case Double number -> BigDecimal.valueOf(number);
      case String text -> new BigDecimal(text);
      default -> toLong(value) instanceof Long number ? BigDecimal.valueOf(number) : null;
    };
  }

  private static @Nullable Object fromText(Object value, Function<String, Object> parser) {
    return value instanceof String text ? parser.apply(text) : null;
  }
}
