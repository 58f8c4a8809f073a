package dev.edge4j.data.outbox;

import dev.edge4j.data.testing.Engines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Events in a database of the PostgreSQL that all tests share. */
final class CountedInPostgres implements NoEventIsLostOrCountedTwiceTest.Counted {
  private final String url = Engines.database();

  CountedInPostgres() {
    try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
      statement.execute(PostgresEvents.TABLES);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public int port() {
    return Engines.postgres().port();
  }

  @Override
  public List<String> arguments() {
    return List.of("postgres", url.replaceAll(".*/|\\?.*", ""));
  }

  @Override
  public List<Long> numbers() {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT (body ->> 'number')::bigint FROM events")) {
      var numbers = new ArrayList<Long>();
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
      return numbers;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {}
}
