package dev.edge4j.data;

import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.CopiedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that fails costs nobody an answer while there is an origin; without one, a class may be read stale if it says so. */
class ABrokenReplicaIsLeftForTheOriginTest {
  private final CopiedStore origin;
  private final CopiedStore replica;
  private final CopiedStore orphan;
  private final DataMesh mesh;

  ABrokenReplicaIsLeftForTheOriginTest(@TempDir Path folder) {
    this.origin = CopiedStore.primary(named(folder, "origin"));
    this.replica = CopiedStore.replicaOf(origin, named(folder, "replica"));
    this.orphan = CopiedStore.orphan(named(folder, "orphan"));
    this.mesh = DataMesh.builder()
        .sql("catalog", replica, eventual(Duration.ofSeconds(5)).staleIfError(Duration.ofHours(1)))
        .sql("prices", replica, eventual(Duration.ofSeconds(5)))
        .sql("profiles", replica, readAfterWrite())
        .sql("reports", orphan, eventual(Duration.ofSeconds(5)))
        .build();
  }

  @AfterEach
  void close() {
    mesh.close();
  }

  @Test
  void theOriginAnswersForItAndSaysWhy() {
    replica.fail(true);
    MeshSession session = mesh.session();
    assertEquals("origin", who(session, "catalog"));
    assertEquals("origin", who(mesh.session(Bookmark.NONE), "profiles"), "the origin has all that was promised");
    assertEquals(List.of(new Served("catalog", Served.By.ORIGIN,
        "the replica failed: no connection to the replica")), session.served());
    replica.fail(false);
    assertEquals("replica", who(mesh.session(), "catalog"));
  }

  @Test
  void soItDoesForOneThatCannotTellItsAge() {
    replica.loseItsAge(true);
    MeshSession session = mesh.session();
    assertEquals("origin", who(session, "catalog"));
    assertEquals("the replica failed: the replica does not know its age", session.served().getFirst().why());
  }

  @Test
  void withoutAnOriginTheFailureIsTheReplicas() {
    orphan.fail(true);
    var error = assertThrows(StoreException.class, () -> who(mesh.session(), "reports"));
    assertEquals("no connection to the replica", error.getMessage());
  }

  @Test
  void whenBothFailTheErrorTellsOfBoth() {
    replica.fail(true);
    origin.fail(true);
    var error = assertThrows(StoreException.class, () -> who(mesh.session(), "catalog"));
    assertEquals("no connection to the origin", error.getMessage());
    assertEquals("no connection to the replica", error.getSuppressed()[0].getMessage());
  }

  @Test
  void aStaleSessionReadsAReplicaThatLagsAsFarAsItsClassAllows() {
    origin.fail(true);
    replica.lagBehind(Duration.ofMinutes(60));
    assertThrows(StoreException.class, () -> who(mesh.session(), "catalog"), "nobody gets it unasked");
    MeshSession stale = mesh.staleSession();
    assertEquals("replica", who(stale, "catalog"));
    assertEquals(List.of(new Served("catalog", Served.By.STALE_REPLICA, "the replica is 1h behind")), stale.served());
    replica.lagBehind(Duration.ofSeconds(3_601));
    var error = assertThrows(StaleReplicaException.class, () -> who(mesh.staleSession(), "catalog"));
    assertEquals("catalog: the replica is 1h1s behind, promised is eventual(5s, staleIfError 1h)", error.getMessage());
  }

  @Test
  void aStaleSessionGivesNothingThatIsNotDeclared() {
    replica.lagBehind(Duration.ofSeconds(6));
    assertThrows(StaleReplicaException.class, () -> who(mesh.staleSession(), "prices"));
    replica.lagBehind(Duration.ofSeconds(5));
    MeshSession session = mesh.staleSession();
    assertEquals("replica", who(session, "prices"));
    assertEquals(Served.By.REPLICA, session.served().getFirst().by(), "what is recent is not called stale");
    var error = assertThrows(StaleReplicaException.class, () -> who(mesh.staleSession(), "profiles"));
    assertEquals("profiles: nothing but readAfterWrite() is promised", error.getMessage());
  }

  @Test
  void refusesALastResortThatIsStricterThanThePromise() {
    var error = assertThrows(IllegalArgumentException.class, () -> eventual(Duration.ofSeconds(5)).staleIfError(Duration
        .ofSeconds(4)));
    assertEquals("staleIfError: PT4S (expected: zero, or at least the maxLag of PT5S)", error.getMessage());
  }

  private static String who(MeshSession session, String name) {
    return session.queryOne(name, String.class, "SELECT name FROM who", Map.of()).orElseThrow();
  }

  private static DataStore named(Path folder, String name) {
    DataStore store = SqliteStore.open(folder.resolve(name + ".db"));
    store.update("CREATE TABLE who (name TEXT NOT NULL)");
    store.update("INSERT INTO who VALUES (:name)", Map.of("name", name));
    return store;
  }
}
