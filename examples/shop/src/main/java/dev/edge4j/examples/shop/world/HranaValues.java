package dev.edge4j.examples.shop.world;

import dev.edge4j.BadRequest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values between JSON, as Hrana 3 has it ("Value"), and JDBC. */
final class HranaValues {
  private HranaValues() {}

  /** Sets the arguments of a statement; {@link BadRequest} for what is no value. */
  static void bind(PreparedStatement statement, Object args) throws SQLException {
    if (!(args instanceof List<?> list)) {
      throw new BadRequest("args", "must be a list");
    }
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof Map<?, ?> value)) {
        throw new BadRequest("args", "must be values");
      }
      statement.setObject(i + 1, decoded(value));
    }
  }

  private static @Nullable Object decoded(Map<?, ?> value) {
    Object given = value.get("value");
    return switch (String.valueOf(value.get("type"))) {
      case "null" -> null;
      case "integer" -> Long.valueOf(String.valueOf(given));
      case "float" -> given instanceof Number number ? number.doubleValue() : Double.valueOf(String.valueOf(given));
      case "text" -> String.valueOf(given);
      case "blob" -> Base64.getDecoder().decode(String.valueOf(value.get("base64")));
      default -> throw new BadRequest("type", "must be null, integer, float, text or blob");
    };
  }

  /** The names of the columns. */
  static List<Map<String, Object>> columns(ResultSet rows) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    List<Map<String, Object>> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(Map.of("name", meta.getColumnLabel(i)));
    }
    return columns;
  }

  /** All rows that are left. */
  static List<List<Map<String, Object>>> rows(ResultSet rows, int columns) throws SQLException {
    List<List<Map<String, Object>>> all = new ArrayList<>();
    while (rows.next()) {
      List<Map<String, Object>> row = new ArrayList<>(columns);
      for (int i = 1; i <= columns; i++) {
        row.add(encoded(rows.getObject(i)));
      }
      all.add(row);
    }
    return all;
  }

  private static Map<String, Object> encoded(@Nullable Object value) {
    return switch (value) {
      case null -> Map.of("type", "null");
      case byte[] bytes -> Map.of("type", "blob", "base64", Base64.getEncoder().encodeToString(bytes));
      case Double number -> Map.of("type", "float", "value", number);
      case Float number -> Map.of("type", "float", "value", number.doubleValue());
      case Number number -> Map.of("type", "integer", "value", String.valueOf(number.longValue()));
      default -> Map.of("type", "text", "value", String.valueOf(value));
    };
  }
}
