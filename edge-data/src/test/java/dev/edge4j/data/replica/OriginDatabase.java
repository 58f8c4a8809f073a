package dev.edge4j.data.replica;

import dev.edge4j.data.DataStore;
import dev.edge4j.Place;
import dev.edge4j.data.Position;
import dev.edge4j.data.TransactionWork;
import dev.edge4j.data.sql.NamedSql;
import dev.edge4j.data.sql.RecordMapper;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A database at the origin as a test writes it, and the store that a mesh writes. */
final class OriginDatabase implements DataStore {
  private final String url;

  OriginDatabase(String url) {
    this.url = url;
  }

  String url() {
    return url;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** Runs statements, all in one transaction. */
  void run(String... statements) {
    try (Connection connection = connect(); Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new AssertionError(String.valueOf(e.getMessage()), e);
    }
  }

  /** The rows of a query as text, columns between bars. */
  List<String> rows(String sql) {
    try (Connection connection = connect(); Statement statement = connection.createStatement()) {
      statement.execute("SET timezone = 'UTC'");
      try (ResultSet result = statement.executeQuery(sql)) {
        var rows = new ArrayList<String>();
        while (result.next()) {
          var row = new StringJoiner("|");
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(String.valueOf(result.getString(i)));
          }
          rows.add(row.toString());
        }
        return rows;
      }
    } catch (SQLException e) {
      throw new AssertionError(String.valueOf(e.getMessage()), e);
    }
  }

  String one(String sql) {
    return rows(sql).getFirst();
  }

  @Override
  public Position position() {
    return new Position(one("SELECT system_identifier FROM pg_control_system()") + "." + Integer.parseInt(one(
        "SELECT left(pg_walfile_name(pg_current_wal_flush_lsn()), 8)"), 16), Lsn.parse(one(
            "SELECT pg_current_wal_flush_lsn()")));
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    NamedSql named = NamedSql.parse(sql);
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(named.positional())) {
      bind(statement, named.values(args));
      try (ResultSet result = statement.executeQuery()) {
        var names = new ArrayList<String>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          names.add(result.getMetaData().getColumnLabel(i));
        }
        RecordMapper.Row<T> mapper = RecordMapper.of(type).bind(names);
        var rows = new ArrayList<T>();
        while (result.next()) {
          @Nullable
          Object[] values = new @Nullable Object[names.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = result.getObject(i + 1);
          }
          rows.add(mapper.map(values));
        }
        return rows;
      }
    } catch (SQLException e) {
      throw new AssertionError(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public long update(String sql, Map<String, ?> args) {
    NamedSql named = NamedSql.parse(sql);
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(named.positional())) {
      bind(statement, named.values(args));
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new AssertionError(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public <T> T transaction(TransactionWork<T> work) {
    throw new UnsupportedOperationException("tests write by run()");
  }

  @Override
  public String engine() {
    return "postgresql";
  }

  @Override
  public Place place() {
    return Place.origin("test", "it is the only one");
  }

  @Override
  public void close() {
    // a connection for each statement
  }

  private static void bind(PreparedStatement statement, Object[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
