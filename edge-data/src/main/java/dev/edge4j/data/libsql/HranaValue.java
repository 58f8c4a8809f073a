package dev.edge4j.data.libsql;

import dev.edge4j.data.MappingException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values as Hrana's JSON has them (Hrana 3, "Value"): integers as strings, blobs in Base64, and floats as numbers, which JSON has no
 * infinities among. What Java has and SQLite has not is kept as {@code dev.edge4j.data.sqlite} keeps it.
 */
final class HranaValue {
  private static final Map<String, Object> NULL = Map.of("type", "null");

  private HranaValue() {}

  static Map<String, Object> encode(String name, @Nullable Object value) {
    return switch (value) {
      case String text -> text(text);
      case Long number -> integer(number);
      case Integer number -> integer(number);
      case Short number -> integer(number);
      case Double number -> real(name, number);
      case Float number -> real(name, number);
      case Boolean flag -> integer(flag ? 1 : 0);
      case byte[] bytes -> Map.of("type", "blob", "base64", Base64.getEncoder().encodeToString(bytes));
      case Instant instant -> integer(instant.toEpochMilli());
      case LocalDate date -> text(date.toString());
      case BigDecimal number -> text(number.toPlainString());
      case UUID id -> text(id.toString());
      case Enum<?> constant -> text(constant.name());
      case Optional<?> optional when optional.isEmpty() -> NULL;
      case Optional<?> optional -> encode(name, optional.get());
      case null, default -> throw new MappingException(":" + name + ": " + (value == null ? "null"
          : value.getClass().getName()) + " (expected: String, long, int, double, boolean, byte[], Instant, LocalDate,"
          + " BigDecimal, UUID, an enum or Optional of these)");
    };
  }

  private static Map<String, Object> text(String text) {
    return Map.of("type", "text", "value", text);
  }

  private static Map<String, Object> integer(long number) {
    return Map.of("type", "integer", "value", Long.toString(number));
  }

  private static Map<String, Object> real(String name, double number) {
    if (!Double.isFinite(number)) {
      throw new MappingException(":" + name + ": " + number
          + " (expected: a finite number; Hrana's JSON has no other)");
    }
    return Map.of("type", "float", "value", number);
  }

  /** A value of a row; {@link MappingException} for an infinity, of which not even the sign arrives. */
  static @Nullable Object decode(@Nullable Object json, String column) throws HranaException {
    Map<?, ?> value = HranaJson.object(json, column);
    String type = HranaJson.text(value.get("type"), "the type of " + column);
    return switch (type) {
      case "null" -> null;
      case "integer" -> HranaJson.int64(HranaJson.text(value.get("value"), column), column);
      case "text" -> HranaJson.text(value.get("value"), column);
      case "blob" -> bytes(HranaJson.text(value.get("base64"), column), column);
      case "float" -> real(value, column);
      default -> throw HranaJson.unexpected("the type of " + column, type, "null, integer, float, text or blob");
    };
  }

  private static double real(Map<?, ?> value, String column) throws HranaException {
    if (value.get("value") instanceof Number number) {
      return number.doubleValue();
    }
    if (value.containsKey("value") && value.get("value") == null) {
      throw new MappingException("column " + column
          + ": an infinity (expected: a finite number; Hrana's JSON has no other, so read it as text: CAST(" + column
          + " AS TEXT))");
    }
    throw HranaJson.unexpected(column, value.get("value"), "a number");
  }

  private static byte[] bytes(String base64, String column) throws HranaException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw HranaJson.unexpected(column, base64, "Base64");
    }
  }

  /** A map that may hold nulls, for what is left out of requests. */
  static Map<String, Object> members(String type) {
    Map<String, Object> members = new HashMap<>();
    members.put("type", type);
    return members;
  }
}
