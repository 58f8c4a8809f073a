package dev.edge4j.data.sqlite;

import java.sql.SQLException;
import java.util.List;

/** What a file says of its tables. */
final class Schema {
  record Column(String name, String type, int keyPart) {}

  private Schema() {}

  /** The tables that hold rows of their own and have a name that needs no quotes. */
  static List<String> tables(SqlConnection connection) throws SQLException {
    List<String> names = connection.query("SELECT name FROM sqlite_schema WHERE type = 'table'"
        + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
        row -> row.getString(1));
    return names.stream().filter(Tables::isPlain).toList();
  }

  static List<Column> columns(SqlConnection connection, String table) throws SQLException {
    return connection.query("SELECT name, upper(type), pk FROM pragma_table_info(?)",
        row -> new Column(row.getString(1), row.getString(2), row.getInt(3)), table);
  }

  /** The columns of the primary key in its order; empty if none is declared. */
  static List<String> keyOf(SqlConnection connection, String table) throws SQLException {
    return columns(connection, table).stream()
        .filter(column -> column.keyPart > 0)
        .sorted((a, b) -> Integer.compare(a.keyPart, b.keyPart))
        .map(Column::name)
        .toList();
  }
}
