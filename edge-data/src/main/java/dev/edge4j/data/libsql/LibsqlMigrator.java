package dev.edge4j.data.libsql;

import dev.edge4j.data.DataException;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.Queries;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.sql.SqlScript;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Applies migrations, each with its row in {@code edge4j_migrations} in one transaction. Who begins it looks again whether it was applied
 * meanwhile: of programs that start at once one does, and the others find it done.
 */
final class LibsqlMigrator {
  private record Applied(int version, String digest) {}

  private static final String TABLE = "CREATE TABLE IF NOT EXISTS edge4j_migrations (version INTEGER PRIMARY KEY,"
      + " name TEXT NOT NULL, digest TEXT NOT NULL, applied_at INTEGER NOT NULL)";
  private static final String APPLIED = "SELECT version, digest FROM edge4j_migrations ORDER BY version";
  private static final String INSERT = "INSERT INTO edge4j_migrations (version, name, digest, applied_at)"
      + " VALUES (:version, :name, :digest, :at)";

  private final LibsqlStore store;

  LibsqlMigrator(LibsqlStore store) {
    this.store = store;
  }

  void run(Migrations migrations) {
    List<Migrations.Step> steps = migrations.steps();
    store.update(TABLE);
    List<Applied> applied = store.query(Applied.class, APPLIED);
    check(steps, applied);
    steps.subList(applied.size(), steps.size()).forEach(step -> apply(steps, step));
  }

  private void check(List<Migrations.Step> steps, List<Applied> applied) {
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
  }

  private void apply(List<Migrations.Step> steps, Migrations.Step step) {
    try {
      store.transaction(tx -> {
        List<Applied> applied = tx.query(Applied.class, APPLIED);
        check(steps, applied);
        if (applied.size() < step.version()) {
          run(tx, step);
        }
        return step;
      });
    } catch (DataException e) {
      boolean unknown = e instanceof StoreException failure && failure.outcomeUnknown();
      String left = unknown ? " failed: " : " failed and left nothing behind: ";
      throw new StoreException(unknown ? Reason.UNKNOWN : Reason.FAILED, store.address() + ": " + label(step) + left + e
          .getMessage(), e);
    }
  }

  private static void run(Queries tx, Migrations.Step step) {
    for (String statement : SqlScript.statements(step.script())) {
      ((LibsqlTransaction) tx).run(LibsqlStore.statement(statement));
    }
    tx.update(INSERT, Map.of("version", step.version(), "name", step.name(), "digest", digest(step.script()), "at",
        Instant.now()));
  }

  private StoreException failure(String what) {
    return new StoreException(Reason.FAILED, store.address() + ": " + what);
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
