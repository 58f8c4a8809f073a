package dev.edge4j.data.testing;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.TransactionWork;
import dev.edge4j.data.sql.NamedSql;
import dev.edge4j.data.sql.RecordMapper;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a real server over one plain JDBC connection, for tests of SQL that must be the same everywhere. One thread at a time. */
public final class JdbcRows implements DataStore {
  private final Connection connection;

  public JdbcRows(String url) {
    try {
      this.connection = DriverManager.getConnection(url);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    NamedSql named = NamedSql.parse(sql);
    try (PreparedStatement statement = prepare(named, args); ResultSet result = statement.executeQuery()) {
      var columns = new ArrayList<String>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        columns.add(result.getMetaData().getColumnLabel(i));
      }
      RecordMapper.Row<T> mapper = RecordMapper.of(type).bind(columns);
      var rows = new ArrayList<T>();
      while (result.next()) {
        @Nullable
        Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
          Object value = result.getObject(i + 1);
          values[i] = value instanceof Timestamp time ? time.toInstant() : value;
        }
        rows.add(mapper.map(values));
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public long update(String sql, Map<String, ?> args) {
    try (PreparedStatement statement = prepare(NamedSql.parse(sql), args)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private PreparedStatement prepare(NamedSql named, Map<String, ?> args) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(named.positional());
    Object[] values = named.values(args);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i] instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : values[i]);
    }
    return statement;
  }

  @Override
  public <T> T transaction(TransactionWork<T> work) {
    return work.run(this);
  }

  @Override
  public String engine() {
    return "postgres";
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
