package dev.edge4j.data;

import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static dev.edge4j.data.Promises.strong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.CopiedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session reads where the promise allows it and writes where the class is written. */
class MeshSessionTest {
  private static final String WHO = "SELECT name FROM who";

  private final CopiedStore origin;
  private final CopiedStore replica;
  private final CopiedStore orphan;
  private final DataMesh mesh;

  MeshSessionTest(@TempDir Path folder) {
    this.origin = CopiedStore.primary(named(folder, "origin"));
    this.replica = CopiedStore.replicaOf(origin, named(folder, "replica"));
    this.orphan = CopiedStore.orphan(named(folder, "orphan"));
    this.mesh = DataMesh.builder()
        .sql("orders", origin, strong())
        .sql("catalog", replica, eventual(Duration.ofSeconds(5)))
        .sql("profiles", replica, readAfterWrite())
        .sql("reports", orphan, eventual(Duration.ofSeconds(5)))
        .build();
  }

  @AfterEach
  void close() {
    mesh.close();
  }

  @Test
  void aStrongClassIsReadAtItsPrimary() {
    MeshSession session = mesh.session();
    assertEquals("origin", who(session, "orders"));
    assertEquals(List.of(new Served("orders", Served.By.PRIMARY, "")), session.served());
  }

  @Test
  void anEventualClassIsReadAtTheReplicaUpToItsLag() {
    replica.lagBehind(Duration.ofSeconds(5));
    assertEquals("replica", who(mesh.session(), "catalog"));
    replica.lagBehind(Duration.ofMillis(5_001));
    MeshSession session = mesh.session();
    assertEquals("origin", who(session, "catalog"));
    assertEquals(List.of(new Served("catalog", Served.By.ORIGIN,
        "the replica is 5.001s behind, promised is eventual(5s)")), session.served());
  }

  @Test
  void aStaleReplicaWithoutAnOriginIsNotReadAtAll() {
    assertEquals("orphan", who(mesh.session(), "reports"));
    orphan.lagBehind(Duration.ofMinutes(1));
    var error = assertThrows(StaleReplicaException.class, () -> who(mesh.session(), "reports"));
    assertEquals("reports: the replica is 1m behind, promised is eventual(5s), and there is no origin to ask instead",
        error.getMessage());
    assertThrows(StoreException.class, () -> rename(mesh.session(), "reports"));
  }

  @Test
  void aVisitorWhoHasWrittenNothingReadsTheReplica() {
    assertEquals("replica", who(mesh.session(Bookmark.NONE), "profiles"));
  }

  @Test
  void withoutABookmarkReadAfterWriteGoesToTheOrigin() {
    assertEquals("origin", who(mesh.session(), "profiles"));
  }

  @Test
  void aReadAfterAWriteGoesToTheOriginUntilTheReplicaHasIt() {
    MeshSession session = mesh.session(Bookmark.NONE);
    rename(session, "profiles");
    assertEquals("changed", who(session, "profiles"));
    MeshSession later = mesh.session(Bookmark.parse(session.bookmark().text()).orElseThrow());
    assertEquals("changed", who(later, "profiles"), "the bookmark carries the write to the next request");
    assertEquals("replica", who(mesh.session(Bookmark.NONE), "profiles"), "others are not held up");
    replica.catchUp();
    assertEquals("replica", who(later, "profiles"));
  }

  @Test
  void aTransactionMovesTheBookmarkToo() {
    MeshSession session = mesh.session(Bookmark.NONE);
    session.transaction("profiles", tx -> tx.update("UPDATE who SET name = 'changed'"));
    assertEquals("changed", who(session, "profiles"));
    assertEquals("replica", who(mesh.session(), "catalog"), "the write was made at the origin");
  }

  @Test
  void whatAVisitorHasSeenHeSeesAgain() {
    rename(mesh.session(), "profiles");
    MeshSession session = mesh.session();
    assertEquals("changed", who(session, "profiles"), "from the origin");
    assertEquals("changed", who(session, "profiles"), "a replica that is behind would take him back in time");
    assertTrue(session.bookmark().positions().containsKey("profiles"));
  }

  @Test
  void namesTheClassesThatThereAre() {
    var error = assertThrows(IllegalArgumentException.class, () -> who(mesh.session(), "catalogue"));
    assertEquals("no SQL class \"catalogue\" in the mesh (expected: one of [catalog, orders, profiles, reports])",
        error.getMessage());
  }

  private static String who(MeshSession session, String name) {
    return session.queryOne(name, String.class, WHO, Map.of()).orElseThrow();
  }

  private static void rename(MeshSession session, String name) {
    assertEquals(1, session.update(name, "UPDATE who SET name = :name", Map.of("name", "changed")));
  }

  private static DataStore named(Path folder, String name) {
    DataStore store = SqliteStore.open(folder.resolve(name + ".db"));
    store.update("CREATE TABLE who (name TEXT NOT NULL)");
    store.update("INSERT INTO who VALUES (:name)", Map.of("name", name));
    return store;
  }
}
