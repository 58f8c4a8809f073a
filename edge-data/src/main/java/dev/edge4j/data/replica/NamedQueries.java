package dev.edge4j.data.replica;

import dev.edge4j.data.sql.NamedSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/** Statements that the copy and the origin must both understand, because a read may go to either. */
final class NamedQueries {
  private NamedQueries() {}

  /** Prepares each at the origin, or in a copy. */
  static void check(Map<String, String> named, Connection side, String by) throws RefusedException {
    for (Map.Entry<String, String> query : named.entrySet()) {
      String sql = NamedSql.parse(query.getValue()).positional();
      try (PreparedStatement statement = side.prepareStatement(sql)) {
        statement.getParameterMetaData(); // has the server parse it
      } catch (SQLException e) {
        throw refused(query, by, e);
      }
    }
  }

  private static RefusedException refused(Map.Entry<String, String> query, String by, SQLException e) {
    return new RefusedException("named query \"" + query.getKey() + "\" is not understood by " + by + ": " + e
        .getMessage()
        + " (expected: SQL that SQLite and PostgreSQL both have): " + query.getValue(), e);
  }
}
