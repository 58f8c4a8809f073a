package dev.edge4j.data.postgres;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Applies migrations, each with its row in {@code edge4j_migrations} in one transaction, on a connection without timeouts that holds a
 * lock meanwhile: of programs that start at once, one applies them and the others wait.
 */
final class Migrator {
  private record Applied(int version, String digest) {}

  private final PostgresDatabase database;

  Migrator(PostgresDatabase database) {
    this.database = database;
  }

  void run(Migrations migrations) {
    SessionLock.holding(SessionLock.MIGRATIONS, database, connection -> {
      run(connection, migrations.steps());
      return migrations;
    });
  }

  private void run(Connection connection, List<Migrations.Step> steps) throws SQLException {
    List<Applied> applied = applied(connection);
    if (applied.size() > steps.size()) {
      throw database.errors()
          .failed("the database is at migration " + applied.size() + ", newer than this program, which knows "
              + steps.size());
    }
    for (Applied earlier : applied) {
      Migrations.Step step = steps.get(earlier.version - 1);
      if (!earlier.digest.equals(digest(step.script()))) {
        throw database.errors()
            .failed(label(step) + " was edited after it had been applied (expected: a new migration)");
      }
    }
    connection.setAutoCommit(false);
    for (Migrations.Step step : steps.subList(applied.size(), steps.size())) {
      apply(connection, step);
    }
  }

  private void apply(Connection connection, Migrations.Step step) {
    try {
      for (String sql : PostgresText.statements(step.script())) {
        Statements.refuseControl(sql);
        execute(connection, sql);
      }
      execute(connection, "RESET ALL"); // what a script sets is its own
      record(connection, step);
      connection.commit();
    } catch (SQLException e) {
      throw failed(connection, step, e, database.errors().translate(e).getMessage());
    } catch (IllegalArgumentException e) {
      throw failed(connection, step, e, String.valueOf(e.getMessage()));
    }
  }

  private StoreException failed(Connection connection, Migrations.Step step, Exception cause, String message) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e); // the connection is broken: the server rolls back
    }
    return database.errors().failed(label(step) + " failed and left nothing behind: " + message, cause);
  }

  private static void record(Connection connection, Migrations.Step step) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(
        "INSERT INTO edge4j_migrations (version, name, digest) VALUES (?, ?, ?)")) {
      insert.setInt(1, step.version());
      insert.setString(2, step.name());
      insert.setString(3, digest(step.script()));
      insert.executeUpdate();
    }
  }

  private static List<Applied> applied(Connection connection) throws SQLException {
    execute(connection, "CREATE TABLE IF NOT EXISTS edge4j_migrations (version integer PRIMARY KEY, name text NOT NULL,"
        + " digest text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())");
    var applied = new ArrayList<Applied>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT version, digest FROM edge4j_migrations ORDER BY version")) {
      while (rows.next()) {
        applied.add(new Applied(rows.getInt(1), rows.getString(2)));
      }
    }
    return applied;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false); // braces are the script's
      statement.execute(sql);
    }
  }

  private static String label(Migrations.Step step) {
    return "migration " + step.version() + " (" + step.name() + ")";
  }

  private static String digest(String script) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
