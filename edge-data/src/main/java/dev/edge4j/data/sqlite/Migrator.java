package dev.edge4j.data.sqlite;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** Applies migrations, each with its row in {@code edge4j_migrations} in one transaction. */
final class Migrator {
  private record Applied(int version, String digest) {}

  private final SqliteDatabase database;

  Migrator(SqliteDatabase database) {
    this.database = database;
  }

  void run(Migrations migrations) {
    Path file = database.file();
    for (Migrations.Step step : missing(file, migrations, database.write(Migrator::applied))) {
      try {
        database.write(connection -> apply(connection, step));
      } catch (StoreException | IllegalArgumentException e) {
        throw failed(file, step, e);
      }
    }
  }

  /** Applies what is missing in the transaction that is open; how many there were. */
  static int run(SqlConnection connection, Path file, Migrations migrations) throws SQLException {
    List<Migrations.Step> missing = missing(file, migrations, applied(connection));
    for (Migrations.Step step : missing) {
      try {
        apply(connection, step);
      } catch (SQLException e) {
        throw failed(file, step, SqlErrors.translate(file, e));
      } catch (IllegalArgumentException e) {
        throw failed(file, step, e);
      }
    }
    return missing.size();
  }

  private static List<Migrations.Step> missing(Path file, Migrations migrations, List<Applied> applied) {
    List<Migrations.Step> steps = migrations.steps();
    if (applied.size() > steps.size()) {
      throw failure(file, "the database is at migration " + applied.size() + ", newer than this program, which knows "
          + steps.size());
    }
    for (Applied earlier : applied) {
      Migrations.Step step = steps.get(earlier.version - 1);
      if (!earlier.digest.equals(digest(step.script()))) {
        throw failure(file, label(step) + " was edited after it had been applied (expected: a new migration)");
      }
    }
    return steps.subList(applied.size(), steps.size());
  }

  private static long apply(SqlConnection connection, Migrations.Step step) throws SQLException {
    connection.execute(step.script());
    return connection.update("INSERT INTO edge4j_migrations (version, name, digest, applied_at) VALUES (?, ?, ?, ?)",
        step.version(), step.name(), digest(step.script()), Instant.now());
  }

  private static List<Applied> applied(SqlConnection connection) throws SQLException {
    connection.execute("CREATE TABLE IF NOT EXISTS edge4j_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
        + " digest TEXT NOT NULL, applied_at INTEGER NOT NULL)");
    return connection.query("SELECT version, digest FROM edge4j_migrations ORDER BY version",
        row -> new Applied(row.getInt(1), row.getString(2)));
  }

  private static StoreException failed(Path file, Migrations.Step step, RuntimeException e) {
    return new StoreException(Reason.FAILED, file + ": " + label(step) + " failed and left nothing behind: "
        + e.getMessage(), e);
  }

  private static StoreException failure(Path file, String what) {
    return new StoreException(Reason.FAILED, file + ": " + what);
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
