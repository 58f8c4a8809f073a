package dev.edge4j.data.outbox;

import dev.edge4j.data.IdempotentSink;
import dev.edge4j.data.JsonEvent;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A sink of a program's own, on PostgreSQL: a connection for each batch, and its token in the same transaction. */
final class PostgresEvents implements IdempotentSink {
  static final String TABLES = "CREATE TABLE events (body jsonb NOT NULL); CREATE TABLE batches (token text PRIMARY KEY)";

  private final String url;

  PostgresEvents(String url) {
    this.url = url + "?user=postgres&connectTimeout=2&socketTimeout=5";
  }

  @Override
  public void appendAll(List<?> events) {
    appendOnce(UUID.randomUUID().toString(), events);
  }

  @Override
  public void appendOnce(String token, List<?> events) {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement remember = connection.prepareStatement(
            "INSERT INTO batches VALUES (?) ON CONFLICT DO NOTHING");
        PreparedStatement insert = connection.prepareStatement("INSERT INTO events VALUES (?::jsonb)")) {
      connection.setAutoCommit(false);
      remember.setString(1, token);
      if (remember.executeUpdate() == 1) {
        for (Object event : events) {
          insert.setString(1, JsonEvent.of(event).json());
          insert.addBatch();
        }
        insert.executeBatch();
      }
      connection.commit();
    } catch (SQLException e) {
      throw new StoreException(Reason.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public String engine() {
    return "postgres";
  }

  @Override
  public void close() {}
}
