package dev.edge4j.data.sqlite;

import dev.edge4j.data.Queries;
import dev.edge4j.data.sql.NamedSql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Named statements on the writer's connection. Refuses to work once the transaction is over. */
final class SqliteTransaction implements Queries {
  private final Path file;
  private final Statements statements;
  private final SqlConnection connection;
  private boolean over;

  SqliteTransaction(Path file, Statements statements, SqlConnection connection) {
    this.file = file;
    this.statements = statements;
    this.connection = connection;
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    NamedSql named = named(sql);
    try {
      return connection.query(named.positional(), new Rows<>(type), named.values(args));
    } catch (SQLException e) {
      throw SqlErrors.translate(file, e);
    }
  }

  @Override
  public long update(String sql, Map<String, ?> args) {
    NamedSql named = named(sql);
    try {
      return connection.update(named.positional(), named.values(args));
    } catch (SQLException e) {
      throw SqlErrors.translate(file, e);
    }
  }

  void end() {
    over = true;
  }

  private NamedSql named(String sql) {
    if (over) {
      throw new IllegalStateException("the transaction is over (expected: no use after its work has returned)");
    }
    return statements.of(sql).named();
  }
}
