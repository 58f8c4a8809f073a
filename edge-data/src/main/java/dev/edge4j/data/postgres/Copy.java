package dev.edge4j.data.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Puts many rows into a table by COPY: one statement, all rows or none. */
final class Copy {
  private static final int CHUNK = 64 * 1024;

  private final String table;
  private final List<String> columns;
  private final String sql;

  /** Throws {@link IllegalArgumentException} for names that are not plain, and without a column. */
  Copy(String table, List<String> columns) {
    this.table = Names.folded("table", table);
    this.columns = columns.stream().map(column -> Names.folded("column", column)).toList();
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("columns: [] (expected: at least one)");
    }
    this.sql = "COPY " + Names.quoted("table", table) + " (" + Names.quoted(columns) + ") FROM STDIN";
  }

  /** How many rows there were. What the rows throw ends it, with none of them in the table. */
  long run(Connection connection, Iterable<? extends List<? extends @Nullable Object>> rows) throws SQLException {
    boolean[] millis = bigints(connection);
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      var text = new CopyText();
      for (List<? extends @Nullable Object> row : rows) {
        add(text, row, millis);
        if (text.length() >= CHUNK) {
          send(copy, text.take());
        }
      }
      send(copy, text.take());
      return copy.endCopy();
    } catch (SQLException | RuntimeException | Error e) {
      cancel(copy, e);
      throw e;
    }
  }

  private void add(CopyText text, List<? extends @Nullable Object> row, boolean[] millis) {
    if (row.size() != columns.size()) {
      throw new IllegalArgumentException("a row of " + row.size() + " values (expected: " + columns.size()
          + ", one for each of " + columns + ")");
    }
    for (int i = 0; i < millis.length; i++) {
      text.value(i == 0, row.get(i), millis[i]);
    }
    text.endRow();
  }

  private static void send(CopyIn copy, byte[] chunk) throws SQLException {
    copy.writeToCopy(chunk, 0, chunk.length);
  }

  private static void cancel(CopyIn copy, Throwable cause) {
    try {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private boolean[] bigints(Connection connection) throws SQLException {
    Map<String, String> types = types(connection, table);
    var bigint = new boolean[columns.size()];
    for (int i = 0; i < bigint.length; i++) {
      bigint[i] = "bigint".equals(types.get(columns.get(i)));
    }
    return bigint;
  }

  /** The columns of a table that may be written, and their types; empty if there is no such table. */
  static Map<String, String> types(Connection connection, String table) throws SQLException {
    var types = new HashMap<String, String>();
    try (PreparedStatement statement = connection.prepareStatement("SELECT attname::text, format_type(atttypid, NULL)"
        + " FROM pg_attribute WHERE attrelid = to_regclass(quote_ident(?)) AND attnum > 0 AND NOT attisdropped"
        + " AND attgenerated = '' AND attidentity <> 'a'")) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          types.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return types;
  }
}
