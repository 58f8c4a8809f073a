package dev.edge4j.data.libsql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.engines.SqldServer;
import dev.edge4j.data.testing.Aside;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration is applied once, in order, wholly or not at all, however many programs start at once. */
@Aside
@Timeout(120)
class MigrationsAreWholeTest {
  private static final SqldServer SERVER = SqldServer.start();
  private static final String FIRST = "CREATE TABLE a (v TEXT); INSERT INTO a VALUES ('semi;colon :name');";
  private static final String SECOND = """
      -- a trigger; its body has semicolons
      CREATE TABLE log (v TEXT);
      CREATE TRIGGER t AFTER INSERT ON a BEGIN
        INSERT INTO log VALUES (CASE WHEN new.v = 'x' THEN 'is x' ELSE 'is not' END);
        INSERT INTO log VALUES ('end;');
      END;
      INSERT INTO a VALUES ('x')
      """;

  private final LibsqlStore store = LibsqlStore.of(SERVER.url());

  @BeforeEach
  void empty() {
    for (String table : List.of("a", "log", "b", "edge4j_migrations")) {
      store.update("DROP TABLE IF EXISTS " + table);
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @AfterAll
  static void end() {
    SERVER.close();
  }

  private List<String> texts(String sql) {
    return store.query(String.class, sql);
  }

  private List<Long> versions() {
    return store.query(Long.class, "SELECT version FROM edge4j_migrations ORDER BY version");
  }

  @Test
  void eachIsAppliedOnce() {
    store.migrate(Migrations.of(FIRST));
    store.migrate(Migrations.of(FIRST, SECOND));
    store.migrate(Migrations.of(FIRST, SECOND));
    assertEquals(List.of("semi;colon :name", "x"), texts("SELECT v FROM a"));
    assertEquals(List.of("is x", "end;"), texts("SELECT v FROM log"));
    assertEquals(List.of(1L, 2L), versions());
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "CREATE TABLE b (v TEXT); INSERT INTO a VALUES ('half'); INSERT INTO nowhere VALUES (1);",
      "INSERT INTO a VALUES ('half'); COMMIT; INSERT INTO nowhere VALUES (1);",
      "INSERT INTO a VALUES ('half'); END; CREATE TABLE b (v TEXT)",
      "DROP TABLE a; ROLLBACK"})
  void aScriptThatFailsHalfWayLeavesTheOldVersion(String second) {
    store.migrate(Migrations.of(FIRST));
    var error = assertThrows(StoreException.class, () -> store.migrate(Migrations.of(FIRST, second)));
    assertTrue(error.getMessage().contains("migration 2 (script) failed and left nothing behind"), error.getMessage());
    assertEquals(List.of("semi;colon :name"), texts("SELECT v FROM a"));
    assertEquals(List.of(), texts("SELECT name FROM sqlite_schema WHERE name = 'b'"));
    assertEquals(List.of(1L), versions());
  }

  @Test
  void whatWasEditedOrIsNewerThanTheProgramIsRefused() {
    store.migrate(Migrations.of(FIRST, SECOND));
    var edited = assertThrows(StoreException.class, () -> store.migrate(Migrations.of(FIRST + " ", SECOND)));
    assertTrue(edited.getMessage().contains("edited"), edited.getMessage());
    var older = assertThrows(StoreException.class, () -> store.migrate(Migrations.of(FIRST)));
    assertTrue(older.getMessage().contains("newer than this program"), older.getMessage());
  }

  @Test
  void ofTwoProgramsThatStartAtOnceOneDoesIt() throws Exception {
    List<Process> programs = List.of(MigratingProgram.start(SERVER.url(), FIRST, SECOND), MigratingProgram.start(SERVER
        .url(), FIRST, SECOND));
    try {
      for (Process program : programs) {
        assertEquals("ready", program.inputReader().readLine());
      }
      for (Process program : programs) {
        program.getOutputStream().write('\n');
        program.getOutputStream().flush();
      }
      for (Process program : programs) {
        assertTrue(program.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, program.exitValue());
      }
    } finally {
      programs.forEach(Process::destroyForcibly);
    }
    assertEquals(List.of("semi;colon :name", "x"), texts("SELECT v FROM a"));
    assertEquals(List.of(1L, 2L), versions());
  }

  /** Programs share nothing but the server, and neither do these stores. */
  @Test
  void ofManyThatStartAtOnceOneDoesIt() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> programs = IntStream.range(0, 8).<Future<?>>mapToObj(_ -> threads.submit(() -> {
        try (LibsqlStore own = LibsqlStore.of(SERVER.url())) {
          own.migrate(Migrations.of(FIRST, SECOND));
        }
      })).toList();
      for (Future<?> program : programs) {
        program.get();
      }
    }
    assertEquals(List.of("semi;colon :name", "x"), texts("SELECT v FROM a"));
    assertEquals(List.of(1L, 2L), versions());
  }
}
