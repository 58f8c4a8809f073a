package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.testing.Engines;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of tables stay parts, rows come and go with their filter, and large values that a change does not touch stay. */
class FiltersAndLargeValuesTest {
  private static final String LARGE = "(SELECT string_agg(md5(i::text), '') FROM generate_series(1, 300) i)";
  private static final String DIGEST = "SELECT id || ':' || tenant || ':' || length(body) || ':' || coalesce(note, '-') FROM docs ORDER BY id";

  private final OriginDatabase origin = new OriginDatabase(Engines.database());
  private final Path folder;

  FiltersAndLargeValuesTest(@TempDir Path folder) {
    this.folder = folder;
    origin.run(
        "CREATE TABLE docs (tenant int, id int, body text NOT NULL, note text, secret text, PRIMARY KEY (tenant, id))",
        "ALTER TABLE docs ALTER body SET STORAGE EXTERNAL", "CREATE INDEX ON docs (note, id)",
        "CREATE INDEX ON docs (secret)",
        "CREATE INDEX ON docs (lower(note))", "INSERT INTO docs VALUES (1, 1, " + LARGE + ", 'a', 's'), (2, 2, " + LARGE
            + ", 'b', 's'), (3, 3, "
            + LARGE + ", 'c', 's')");
  }

  @Test
  void untouchedLargeValuesStayThroughUpdatesAndKeyChanges() {
    try (SqliteReplica replica = open(ReplicatedTable.of("docs"))) {
      origin.run("UPDATE docs SET note = 'x'", "UPDATE docs SET id = 30, note = NULL WHERE id = 3",
          "UPDATE docs SET body = body || 'y' WHERE id = 2");
      same(replica, DIGEST);
      assertEquals(List.of("1"), replica.query(String.class,
          "SELECT _edge FROM (SELECT '1' AS _edge FROM docs LIMIT 1)"));
    }
  }

  @Test
  void withTheWholeOldRowTheyComeFromIt() {
    origin.run("ALTER TABLE docs REPLICA IDENTITY FULL");
    try (SqliteReplica replica = open(ReplicatedTable.of("docs").where("note", "a", "x"))) {
      assertEquals(List.of(1L), replica.query(Long.class, "SELECT id FROM docs"));
      origin.run("UPDATE docs SET note = 'x' WHERE id = 2", "UPDATE docs SET note = 'gone' WHERE id = 1",
          "UPDATE docs SET id = 20 WHERE id = 2");
      Await.caughtUp(replica, origin);
      assertEquals(List.of("20:2:9600:x"), replica.query(String.class, DIGEST));
    }
  }

  @Test
  void rowsEnterAndLeaveByTheirKeyAndOneThatIsNotSentWholeIsCopiedAnew() throws Exception {
    try (SqliteReplica replica = open(ReplicatedTable.of("docs").where("tenant", 1, 2))) {
      assertEquals(List.of("1:1:9600:a", "2:2:9600:b"), replica.query(String.class, DIGEST));
      Path first = replica.status().file();
      origin.run("UPDATE docs SET tenant = 9 WHERE id = 1", "INSERT INTO docs VALUES (1, 4, 'short', NULL, NULL)",
          "INSERT INTO docs VALUES (7, 7, 'not ours', NULL, NULL)",
          "UPDATE docs SET tenant = 2, body = 'small' WHERE id = 7");
      Await.caughtUp(replica, origin);
      assertEquals(List.of("2:2:9600:b", "4:1:5:-", "7:2:5:-"), replica.query(String.class, DIGEST));
      assertEquals(first, replica.status().file());
      origin.run("UPDATE docs SET tenant = 1 WHERE id = 3");
      Await.equal(List.of("2:2:9600:b", "3:1:9600:c", "4:1:5:-", "7:2:5:-"), () -> replica.query(String.class, DIGEST));
    }
  }

  @Test
  void columnsThatAreNotWantedNeverCome() {
    try (SqliteReplica replica = open(ReplicatedTable.of("docs").only("tenant", "id", "note"))) {
      origin.run("UPDATE docs SET secret = 'more', note = 'n'", "INSERT INTO docs VALUES (5, 5, 'b', 'new', 'secret')");
      same(replica, "SELECT tenant || ':' || id || ':' || note FROM docs ORDER BY id");
      assertThrows(StoreException.class, () -> replica.query(String.class, "SELECT secret FROM docs"));
    }
  }

  @Test
  void plainIndexesOfTheOriginAreMadeHereToo() {
    try (SqliteReplica replica = open(ReplicatedTable.of("docs").only("tenant", "id", "note"))) {
      assertEquals(List.of("CREATE INDEX \"_edge_docs_1\" ON \"docs\" (\"note\", \"id\")",
          "CREATE UNIQUE INDEX \"_edge_key_docs\" ON \"docs\" (\"tenant\", \"id\")"), replica.query(String.class,
              "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'docs' AND sql IS NOT NULL ORDER BY name"));
    }
  }

  private SqliteReplica open(ReplicatedTable table) {
    SqliteReplica replica = SqliteReplica.of(origin.url()).table(table).into(folder.resolve("docs.db"));
    return replica;
  }

  private void same(SqliteReplica replica, String sql) {
    Await.caughtUp(replica, origin);
    assertEquals(origin.rows(sql), replica.query(String.class, sql));
  }
}
