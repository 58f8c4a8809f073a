package dev.edge4j.data.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.testing.Engines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration is applied once, in order, wholly or not at all, however long it takes and however many programs start at once. */
class PostgresMigrationsTest {
  private static final String FIRST = "CREATE TABLE a (v TEXT); INSERT INTO a VALUES ('semi;colon');";
  private static final String SECOND = """
      -- a function; its body has semicolons
      CREATE TABLE log (v TEXT);
      CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $body$
      BEGIN
        INSERT INTO log VALUES (CASE WHEN new.v = 'x' THEN 'is x' ELSE 'is not' END);
        INSERT INTO log VALUES ('end;');
        RETURN new;
      END;
      $body$;
      CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION note();
      INSERT INTO a VALUES ('x')
      """;

  private final String url = Engines.database();
  private final PostgresStore store = PostgresStore.open(
      PostgresOptions.of(url).withStatementTimeout(Duration.ofMillis(500)).withReaders(1).withWriters(1));

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void appliesEachOnce() {
    store.migrate(Migrations.of(FIRST));
    store.migrate(Migrations.of(FIRST, SECOND));
    store.migrate(Migrations.of(FIRST, SECOND));
    assertEquals(List.of("semi;colon", "x"), texts("SELECT v FROM a"));
    assertEquals(List.of("is x", "end;"), texts("SELECT v FROM log"));
    assertEquals(List.of(1, 2), versions());
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "CREATE TABLE b (v TEXT); INSERT INTO a VALUES ('half'); INSERT INTO nowhere VALUES (1);",
      "INSERT INTO a VALUES ('half'); COMMIT; INSERT INTO nowhere VALUES (1);",
      "INSERT INTO a VALUES ('half'); END; CREATE TABLE b (v TEXT)",
      "INSERT INTO a VALUES ('half'); DO $$ BEGIN COMMIT; END $$; CREATE TABLE b (v TEXT)",
      "DROP TABLE a; ROLLBACK"})
  void aScriptThatFailsHalfWayLeavesTheOldVersion(String second) {
    store.migrate(Migrations.of(FIRST));
    var error = assertThrows(StoreException.class, () -> store.migrate(Migrations.of(FIRST, second)));
    assertTrue(error.getMessage().contains("migration 2 (script) failed and left nothing behind"), error.getMessage());
    assertEquals(List.of("semi;colon"), texts("SELECT v FROM a"));
    assertEquals(List.of(), texts("SELECT tablename FROM pg_tables WHERE tablename = 'b'"));
    assertEquals(List.of(1), versions());
    store.migrate(Migrations.of(FIRST, SECOND));
    assertEquals(List.of(1, 2), versions());
  }

  @Test
  void refusesAScriptThatWasEditedAndADatabaseFromTheFuture() {
    store.migrate(Migrations.of(FIRST, SECOND));
    var edited = assertThrows(StoreException.class, () -> store.migrate(Migrations.of(FIRST + " ", SECOND)));
    assertTrue(edited.getMessage().contains("migration 1 (script) was edited"), edited.getMessage());
    var future = assertThrows(StoreException.class, () -> store.migrate(Migrations.of(FIRST)));
    assertTrue(future.getMessage().contains("at migration 2, newer than this program, which knows 1"));
  }

  @Test
  void takesLongerThanAStatementMay() {
    assertThrows(StoreException.class, () -> store.query(String.class, "SELECT pg_sleep(30)::text"));
    store.migrate(Migrations.of("CREATE TABLE a (v TEXT); SELECT pg_sleep(0.8); SET search_path = pg_catalog",
        "INSERT INTO a VALUES ('what the first one set is gone')"));
    assertEquals(List.of(1, 2), versions());
  }

  @Test
  void programsThatStartAtOnceApplyItOnce() throws Exception {
    var migrations = Migrations.of(FIRST, SECOND, "SELECT pg_sleep(0.1)");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var programs = new ArrayList<Future<?>>();
      for (int i = 0; i < 6; i++) {
        programs.add(threads.submit(() -> {
          try (var program = PostgresStore.of(url)) {
            program.migrate(migrations);
            assertEquals(List.of("semi;colon", "x"), program.query(String.class, "SELECT v FROM a"));
          }
        }));
      }
      for (Future<?> program : programs) {
        program.get();
      }
    }
    assertEquals(List.of(1, 2, 3), versions());
  }

  private List<String> texts(String sql) {
    return store.query(String.class, sql);
  }

  private List<Integer> versions() {
    return store.query(Integer.class, "SELECT version FROM edge4j_migrations ORDER BY version");
  }
}
