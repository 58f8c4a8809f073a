package dev.edge4j.data.sqlite;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.nio.charset.StandardCharsets;
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
    List<Migrations.Step> steps = migrations.steps();
    List<Applied> applied = database.write(Migrator::applied);
    if (applied.size() > steps.size()) {
      throw failure("the database is at migration " + applied.size() + ", newer than this program, which knows "
          + steps.size());
    }
    for (Applied earlier : applied) {
      Migrations.Step step = steps.get(earlier.version - 1);
      if (!earlier.digest.equals(digest(step.script()))) {
        throw failure(label(step) + " was edited after it had been applied (expected: a new migration)");
      }
    }
    steps.subList(applied.size(), steps.size()).forEach(this::apply);
  }

  private void apply(Migrations.Step step) {
    try {
      database.write(connection -> {
        connection.execute(step.script());
        return connection.update(
            "INSERT INTO edge4j_migrations (version, name, digest, applied_at) VALUES (?, ?, ?, ?)",
            step.version(), step.name(), digest(step.script()), Instant.now());
      });
    } catch (StoreException | IllegalArgumentException e) {
      throw new StoreException(Reason.FAILED, label(step) + " failed and left nothing behind: " + e.getMessage(), e);
    }
  }

  private static List<Applied> applied(SqlConnection connection) throws SQLException {
    connection.execute("CREATE TABLE IF NOT EXISTS edge4j_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
        + " digest TEXT NOT NULL, applied_at INTEGER NOT NULL)");
    return connection.query("SELECT version, digest FROM edge4j_migrations ORDER BY version",
        row -> new Applied(row.getInt(1), row.getString(2)));
  }

  private StoreException failure(String what) {
    return new StoreException(Reason.FAILED, database.file() + ": " + what);
  }

  private String label(Migrations.Step step) {
    return database.file() + ": migration " + step.version() + " (" + step.name() + ")";
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
