package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.StoreException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration is applied once, in order, wholly or not at all. */
class MigrationsTest {
  private static final String FIRST = "CREATE TABLE a (v TEXT); INSERT INTO a VALUES ('semi;colon');";
  private static final String SECOND = """
      -- a trigger; its body has semicolons
      CREATE TABLE log (v TEXT);
      CREATE TRIGGER t AFTER INSERT ON a BEGIN
        INSERT INTO log VALUES (CASE WHEN new.v = 'x' THEN 'is x' ELSE 'is not' END);
        INSERT INTO log VALUES ('end;');
      END;
      INSERT INTO a VALUES ('x')
      """;

  private final SqliteStore store;

  MigrationsTest(@TempDir Path folder) {
    this.store = SqliteStore.open(folder.resolve("a.db"));
  }

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
      "DROP TABLE a; ROLLBACK"})
  void aScriptThatFailsHalfWayLeavesTheOldVersion(String second) {
    store.migrate(Migrations.of(FIRST));
    var error = assertThrows(StoreException.class, () -> store.migrate(Migrations.of(FIRST, second)));
    assertTrue(error.getMessage().contains("migration 2 (script) failed and left nothing behind"), error.getMessage());
    assertEquals(List.of("semi;colon"), texts("SELECT v FROM a"));
    assertEquals(List.of(), texts("SELECT name FROM sqlite_schema WHERE name = 'b'"));
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
  void readsScriptsFromResources() {
    store.migrate(Migrations.resources(MigrationsTest.class, "001_pages.sql", "002_titles.sql"));
    assertEquals(List.of("untitled"), texts("SELECT title FROM pages"));
    assertThrows(IllegalArgumentException.class, () -> Migrations.resources(MigrationsTest.class, "002_titles.sql"));
    assertThrows(IllegalArgumentException.class, () -> Migrations.resources(MigrationsTest.class, "1_none.sql"));
    assertThrows(IllegalArgumentException.class, () -> Migrations.resources(MigrationsTest.class, "pages.sql"));
  }

  @Test
  void readersSeeColumnsThatAreAdded() {
    record B(String v, String w, int x) {}
    record A(String v, String w) {}
    record Old(String v) {}
    store.migrate(Migrations.of(FIRST));
    assertEquals(List.of(new Old("semi;colon")), store.query(Old.class, "SELECT * FROM a"));
    store.migrate(Migrations.of(FIRST, "ALTER TABLE a ADD COLUMN w TEXT NOT NULL DEFAULT 'w'"));
    assertEquals(List.of(new A("semi;colon", "w")), store.query(A.class, "SELECT * FROM a"));
    store.update("alter table a ADD COLUMN x INTEGER NOT NULL DEFAULT 7");
    assertEquals(List.of(new B("semi;colon", "w", 7)), store.query(B.class, "SELECT * FROM a"));
  }

  private List<String> texts(String sql) {
    return store.query(String.class, sql);
  }

  private List<Integer> versions() {
    return store.query(Integer.class, "SELECT version FROM edge4j_migrations ORDER BY version");
  }
}
