package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.testing.Aside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A migration in whose middle the process is killed has not happened, and the next start applies it. */
@Aside
@Timeout(300)
class KilledMigrationTest {
  private static final int ROUNDS = Boolean.getBoolean("edge4j.long") ? 20 : 2;
  private static final int ROWS = 200_000;

  private static final Migrations OLD = Migrations.of("CREATE TABLE a (v TEXT NOT NULL); INSERT INTO a VALUES ('old')");
  private static final Migrations NEW = Migrations.of(OLD.steps().getFirst().script(), """
      UPDATE a SET v = 'new';
      CREATE TABLE b (id INTEGER PRIMARY KEY, v TEXT NOT NULL);
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
        INSERT INTO b SELECT i, printf('%%.100c', 'x') FROM n;
      CREATE INDEX c ON b (v, id);
      ALTER TABLE a ADD COLUMN w TEXT NOT NULL DEFAULT 'w';
      """.formatted(ROWS));

  @Test
  void itIsAppliedWhollyOrNotAtAll(@TempDir Path folder) throws Exception {
    var random = new Random();
    int hits = 0;
    for (int round = 0; hits < ROUNDS; round++) {
      Path file = folder.resolve("a" + round + ".db");
      SqliteStore.open(file).migrate(OLD).close();
      Path log = Path.of(file + "-wal");
      long bytes = 1 + random.nextLong(20 << 20); // most of it is in the log before the commit
      boolean killed = Child.killWhen(() -> log.toFile().length() >= bytes, Migrating.class, file);
      try (SqliteStore store = SqliteStore.open(file)) {
        boolean applied = store.queryOne(Integer.class, "SELECT max(version) FROM edge4j_migrations")
            .equals(Optional.of(2));
        assertEquals(applied ? "new" : "old", store.query(String.class, "SELECT v FROM a").getFirst());
        assertEquals(applied ? 2 : 0, count(store, "SELECT count(*) FROM sqlite_schema WHERE name IN ('b', 'c')"));
        assertEquals(applied ? ROWS : 0, applied ? count(store, "SELECT count(*) FROM b") : 0);
        assertEquals(applied ? 2 : 1, count(store, "SELECT count(*) FROM pragma_table_info('a')"));
        hits += killed && !applied ? 1 : 0;
        store.migrate(NEW);
        assertEquals(List.of(1, 2), store.query(Integer.class,
            "SELECT version FROM edge4j_migrations ORDER BY version"));
        assertEquals(ROWS, count(store, "SELECT count(*) FROM b"));
      }
      Files.delete(file);
    }
  }

  private static int count(SqliteStore store, String sql) {
    return store.queryOne(Integer.class, sql).orElseThrow();
  }

  /** What is killed. */
  static final class Migrating {
    public static void main(String[] args) {
      SqliteStore.open(Path.of(args[0])).migrate(NEW).close();
    }
  }
}
