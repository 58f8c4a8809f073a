package dev.edge4j.data.replica;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A copy's file as it stands, whoever writes it. */
final class CopyFile {
  @FunctionalInterface
  private interface Look<T> {
    T at(Connection file) throws SQLException;
  }

  private CopyFile() {}

  /** Up to where the newest file has come; zero if there is none, or it is just being exchanged. */
  static long applied(Generations generations) {
    try {
      Optional<Path> file = generations.newest();
      return file.isEmpty() ? 0
          : on(file.get(), c -> Origin.one(c, "SELECT applied_lsn FROM _edge_meta", row -> row.getLong(1)).orElse(0L));
    } catch (IOException | SQLException e) {
      return 0;
    }
  }

  static List<TableShape> tables(Path file) throws SQLException {
    return on(file, ReplicaMeta::tables);
  }

  /** The rows of a table, in an order of their own, as {@link TortureOrigin#rows} has them. */
  static List<String> rows(Path file, TableShape shape) throws SQLException {
    String columns = Names.list(shape.columns().stream().map(TableShape.Column::name).toList());
    return on(file, c -> {
      try (Statement statement = c.createStatement();
          ResultSet result = statement.executeQuery("SELECT " + columns + " FROM " + shape.name())) {
        var rows = new ArrayList<String>();
        while (result.next()) {
          var row = new StringBuilder();
          for (int i = 1; i <= shape.columns().size(); i++) {
            Object value = result.getObject(i);
            row.append(value == null ? "NULL" : TortureOrigin.shown(value)).append('|');
          }
          rows.add(row.toString());
        }
        rows.sort(null);
        return rows;
      }
    });
  }

  private static <T> T on(Path file, Look<T> look) throws SQLException {
    var config = new org.sqlite.SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties())) {
      return look.at(connection);
    }
  }
}
