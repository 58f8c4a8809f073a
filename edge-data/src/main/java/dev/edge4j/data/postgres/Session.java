package dev.edge4j.data.postgres;

import dev.edge4j.data.sql.NamedSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What named statements are on a connection. */
final class Session {
  /** Rows fetched at a time: enough that the round trips do not count, few enough to fit. */
  private static final int FETCH_SIZE = 500;

  private Session() {}

  static <T> List<T> query(Connection connection, Class<T> type, NamedSql sql, Object[] args) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, args)) {
      return statement.execute() ? rows(statement, type) : refuseQuery(sql);
    }
  }

  private static <T> List<T> rows(PreparedStatement statement, Class<T> type) throws SQLException {
    try (ResultSet result = statement.getResultSet()) {
      return new Rows<>(type).all(result);
    }
  }

  /** Only inside a transaction does the driver fetch rows as they are wanted. */
  static <T> long each(Connection connection, Class<T> type, NamedSql sql, Object[] args, Consumer<? super T> each)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, args)) {
      statement.setFetchSize(FETCH_SIZE);
      try (ResultSet result = statement.executeQuery()) {
        return new Rows<>(type).each(result, each);
      }
    }
  }

  /** How many rows it changed; of one with RETURNING, how many it returned. */
  static long update(Connection connection, NamedSql sql, Object[] args) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, args)) {
      return statement.execute() ? count(statement) : Math.max(0, statement.getLargeUpdateCount());
    }
  }

  static long batch(Connection connection, NamedSql sql, List<Object[]> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.positional())) {
      for (Object[] args : rows) {
        Binder.bind(statement, args);
        statement.addBatch();
      }
      long changed = 0;
      for (long one : statement.executeLargeBatch()) {
        changed += Math.max(0, one);
      }
      return changed;
    }
  }

  static List<Object[]> values(NamedSql sql, List<? extends java.util.Map<String, ?>> rows) {
    var values = new ArrayList<Object[]>(rows.size());
    rows.forEach(row -> values.add(sql.values(row)));
    return values;
  }

  private static PreparedStatement prepare(Connection connection, NamedSql sql, Object[] args) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql.positional());
    try {
      Binder.bind(statement, args);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static long count(PreparedStatement statement) throws SQLException {
    try (ResultSet returned = statement.getResultSet()) {
      long rows = 0;
      while (returned.next()) {
        rows++;
      }
      return rows;
    }
  }

  private static <T> List<T> refuseQuery(NamedSql sql) {
    throw new IllegalArgumentException("query() of a statement without rows (expected: update()): " + sql.positional());
  }
}
