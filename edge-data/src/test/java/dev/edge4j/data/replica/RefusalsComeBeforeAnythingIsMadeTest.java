package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.engines.PostgresServer;
import dev.edge4j.data.testing.Engines;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An origin that cannot be followed is told apart before anything is made there, with words on what to do. */
class RefusalsComeBeforeAnythingIsMadeTest {
  private final OriginDatabase origin = new OriginDatabase(Engines.database());
  private final Path folder;

  RefusalsComeBeforeAnythingIsMadeTest(@TempDir Path folder) {
    this.folder = folder;
    origin.run("CREATE TABLE good (tenant int, id int, name text, PRIMARY KEY (tenant, id))",
        "CREATE TABLE keyless (id int, name text)",
        "CREATE TABLE whole (id int, name text)", "ALTER TABLE whole REPLICA IDENTITY FULL",
        "CREATE TABLE deferred (id int PRIMARY KEY DEFERRABLE)", "CREATE VIEW looked AS SELECT * FROM good",
        "CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE UNLOGGED TABLE fleeting (id int PRIMARY KEY)",
        "CREATE TABLE computed (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED)");
  }

  @Test
  void tablesThatCannotBeFollowed() {
    refused(ReplicatedTable.of("missing"), "table public.missing is not there");
    refused(ReplicatedTable.of("keyless"), "table public.keyless has no key by which a row is named");
    refused(ReplicatedTable.of("whole"), "table public.whole has no key by which a row is named");
    refused(ReplicatedTable.of("deferred"), "table public.deferred has no key by which a row is named");
    refused(ReplicatedTable.of("looked"), "table public.looked is a view (expected: an ordinary table");
    refused(ReplicatedTable.of("parts"), "table public.parts is partitioned");
    refused(ReplicatedTable.of("fleeting"), "table public.fleeting is unlogged");
    nothingIsMade();
  }

  @Test
  void partsThatWouldMakeTheApplicationsOwnUpdatesFail() {
    refused(ReplicatedTable.of("good").where("name", "x"),
        "where(name, ...) is on a column outside of the key [tenant, id]");
    refused(ReplicatedTable.of("good").only("id", "name"), "leaves out a part of the key");
    refused(ReplicatedTable.of("good").only("tenant", "id", "nome"),
        "has no column nome (expected: one of [tenant, id, name])");
    refused(ReplicatedTable.of("computed").only("id", "twice"), "column twice is generated");
    nothingIsMade();
  }

  @Test
  void rolesThatMayNotDoIt() {
    origin.run("DROP ROLE IF EXISTS plain", "DROP ROLE IF EXISTS edge", "CREATE ROLE plain LOGIN",
        "CREATE ROLE edge LOGIN REPLICATION");
    refused("plain", "role plain may not replicate (expected: ALTER ROLE \"plain\" REPLICATION)");
    refused("edge", "column tenant may not be read (expected: GRANT SELECT ON \"public\".\"good\"");
    origin.run("GRANT SELECT ON good TO edge");
    refused("edge", "the owner of the tables runs: CREATE PUBLICATION");
    origin.run("ALTER TABLE good ENABLE ROW LEVEL SECURITY");
    refused("edge", "has row security");
    nothingIsMade();
    origin.run("DROP OWNED BY edge", "DROP ROLE edge", "DROP ROLE plain");
  }

  @Test
  void aServerThatDoesNotLogWhatIsNeeded() {
    try (PostgresServer plain = PostgresServer.start(Map.of("wal_level", "replica", "fsync", "off"))) {
      var error = assertThrows(StoreException.class, () -> SqliteReplica.of(plain.url("postgres"))
          .tables("t")
          .into(folder.resolve("a.db")));
      assertTrue(error.getMessage().contains("wal_level of the origin is replica (expected: logical"), error
          .getMessage());
    }
  }

  @Test
  void aStatementThatOneSideDoesNotKnow() {
    var only = assertThrows(StoreException.class, () -> SqliteReplica.of(origin.url())
        .tables("good")
        .named(Map.of("page", "SELECT * FROM good WHERE name GLOB :g"))
        .into(folder.resolve("a.db")));
    assertTrue(only.getMessage().contains("named query \"page\" is not understood by the origin"), only.getMessage());
    var other = assertThrows(StoreException.class, () -> SqliteReplica.of(origin.url())
        .tables("good")
        .named(Map.of("page", "SELECT * FROM good WHERE name ILIKE :g"))
        .into(folder.resolve("a.db")));
    assertTrue(other.getMessage().contains("named query \"page\" is not understood by the copy"), other.getMessage());
    try (SqliteReplica replica = SqliteReplica.of(origin.url())
        .tables("good")
        .named(Map.of("page", "SELECT id FROM good WHERE name = :g"))
        .into(folder.resolve("a.db"))) {
      assertEquals(List.of(), replica.query(Long.class, replica.named("page"), Map.of("g", "x")));
      assertThrows(IllegalArgumentException.class, () -> replica.named("other"));
    }
  }

  @Test
  void aTransactionThatHoldsUpTheSlotIsNamed() throws Exception {
    try (Connection connection = origin.connect(); Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET application_name = 'nightly'");
      statement.execute("INSERT INTO good VALUES (1, 1, 'x')");
      var error = assertThrows(StoreException.class, () -> SqliteReplica.of(origin.url())
          .tables("good")
          .readyWithin(Duration.ofSeconds(10))
          .into(folder.resolve("a.db")));
      assertTrue(error.getMessage().contains("it waits for the transaction of process") && error.getMessage()
          .contains("nightly"), error
              .getMessage());
    }
    Await.equal(List.of(), () -> origin.rows(
        "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()"));
  }

  @Test
  void whatCannotBeReachedAtAll() {
    var error = assertThrows(StoreException.class, () -> SqliteReplica.of(
        "jdbc:postgresql://127.0.0.1:1/shop?user=x&password=secret")
        .tables("good")
        .readyWithin(Duration.ofMillis(300))
        .into(folder.resolve("a.db")));
    assertTrue(error.getMessage().contains("no copy of jdbc:postgresql://127.0.0.1:1/shop"), error.getMessage());
    assertTrue(!error.getMessage().contains("secret"), error.getMessage());
  }

  @Test
  void badWordsInTheProgramItself() {
    assertThrows(IllegalArgumentException.class, () -> ReplicatedTable.of("good; DROP TABLE good"));
    assertThrows(IllegalArgumentException.class, () -> ReplicatedTable.of("good").where("tenant\"", 1));
    assertThrows(IllegalArgumentException.class, () -> ReplicatedTable.of("good").where("tenant", 1.5));
    assertThrows(IllegalArgumentException.class, () -> SqliteReplica.of("jdbc:sqlite:x"));
    assertThrows(IllegalArgumentException.class, () -> SqliteReplica.of(origin.url()).app("my_app"));
    assertThrows(IllegalArgumentException.class, () -> SqliteReplica.of(origin.url())
        .tables("a", "other.A")
        .into(folder.resolve("a.db")));
    assertThrows(IllegalArgumentException.class, () -> SqliteReplica.of(origin.url()).into(folder.resolve("a.db")));
  }

  private void refused(ReplicatedTable table, String expected) {
    var error = assertThrows(StoreException.class, () -> SqliteReplica.of(origin.url())
        .table(table)
        .into(folder.resolve("a.db")));
    assertTrue(error.getMessage().contains(expected), error.getMessage());
  }

  private void refused(String role, String expected) {
    var error = assertThrows(StoreException.class, () -> SqliteReplica.of(origin.url()
        .replace("user=postgres", "user=" + role))
        .tables("good")
        .into(folder.resolve("a.db")));
    assertTrue(error.getMessage().contains(expected), error.getMessage());
  }

  private void nothingIsMade() {
    assertEquals(List.of(), origin.rows("SELECT pubname FROM pg_publication"));
    assertEquals(List.of(), origin.rows(
        "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()"));
  }
}
