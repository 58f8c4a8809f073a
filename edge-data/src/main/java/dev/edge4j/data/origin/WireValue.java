package dev.edge4j.data.origin;

import dev.edge4j.data.MappingException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Arguments and columns as JSON: text, integers, booleans and null as they are, everything else with its type, {@code {"decimal":"1.10"}},
 * so that it arrives as what it was. Pure.
 */
final class WireValue {
  private WireValue() {}

  /** The JSON of a value; {@link MappingException} for one that no store takes. */
  static @Nullable Object encode(String name, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String _,Long _,Integer _,Short _,Boolean _ -> value;
      case Double number -> Map.of("double", number.toString());
      case Float number -> Map.of("double", Double.toString(number));
      case byte[] bytes -> Map.of("bytes", Base64.getEncoder().encodeToString(bytes));
      case Instant instant -> Map.of("instant", instant.toString());
      case LocalDate date -> Map.of("date", date.toString());
      case BigDecimal number -> Map.of("decimal", number.toString());
      case UUID id -> Map.of("uuid", id.toString());
      case Enum<?> constant -> constant.name();
      case Optional<?> optional -> encode(name, optional.orElse(null));
      default -> throw new MappingException(name + ": " + value.getClass().getName()
          + " (expected: String, long, int, double, boolean, byte[], Instant, LocalDate, BigDecimal, UUID, an enum or"
          + " Optional of these)");
    };
  }

  /** The value of what came; {@link IllegalArgumentException} for what this does not write. */
  static @Nullable Object decode(@Nullable Object json) {
    return switch (json) {
      case null -> null;
      case String _,Long _,Boolean _ -> json;
      case Integer number -> number.longValue();
      case Map<?, ?> tagged when tagged.size() == 1 -> typed(tagged.entrySet().iterator().next());
      default -> throw wrong(json);
    };
  }

  private static Object typed(Map.Entry<?, ?> tagged) {
    if (tagged.getKey() instanceof String type && tagged.getValue() instanceof String text) {
      return typed(type, text);
    }
    throw wrong(tagged);
  }

  private static Object typed(String type, String text) {
    try {
      return switch (type) {
        case "double" -> Double.valueOf(text);
        case "bytes" -> Base64.getDecoder().decode(text);
        case "instant" -> Instant.parse(text);
        case "date" -> LocalDate.parse(text);
        case "decimal" -> decimal(text);
        case "uuid" -> UUID.fromString(text);
        default -> throw wrong(type);
      };
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(type + " \"" + text + "\" (expected: ISO 8601)", e);
    }
  }

  /** A short text may name a number that takes all memory to write out. */
  private static BigDecimal decimal(String text) {
    var number = new BigDecimal(text);
    if (Math.abs((long) number.scale()) > 10_000 || text.length() > 10_000) {
      throw wrong(text);
    }
    return number;
  }

  private static IllegalArgumentException wrong(Object json) {
    String text = String.valueOf(json);
    return new IllegalArgumentException("value " + (text.length() <= 60 ? text : text.substring(0, 57) + "...")
        + " (expected: text, a 64-bit integer, a boolean, null or one with its type)");
  }
}
