package dev.edge4j.data.sqlite;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How Java values become SQLite's five: NULL, INTEGER, REAL, TEXT, BLOB. */
final class Binder {
  private Binder() {}

  static void bind(PreparedStatement statement, Object[] args) throws SQLException {
    for (int i = 0; i < args.length; i++) {
      bind(statement, i + 1, args[i]);
    }
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    switch (value) {
      case String text -> statement.setString(index, text);
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case Short number -> statement.setInt(index, number);
      case Double number -> statement.setDouble(index, number);
      case Float number -> statement.setDouble(index, number);
      case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
      case byte[] bytes -> statement.setBytes(index, bytes);
      case Instant instant -> statement.setLong(index, instant.toEpochMilli());
      case LocalDate date -> statement.setString(index, date.toString());
      case BigDecimal number -> statement.setString(index, number.toPlainString());
      case UUID id -> statement.setString(index, id.toString());
      case Enum<?> constant -> statement.setString(index, constant.name());
      case Optional<?> optional when optional.isEmpty() -> statement.setObject(index, null);
      case Optional<?> optional -> bind(statement, index, optional.get());
      case null -> throw new IllegalArgumentException("argument " + index
          + ": null (expected: a value, or Optional.empty() for NULL)");
      default -> throw new IllegalArgumentException("argument " + index + ": " + value.getClass().getName()
          + " (expected: String, long, int, double, boolean, byte[], Instant, LocalDate, BigDecimal, UUID, an enum or"
          + " Optional of these)");
    }
  }
}
