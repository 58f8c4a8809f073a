package dev.edge4j.data.libsql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.DataMesh;
import dev.edge4j.data.MeshSession;
import dev.edge4j.data.Position;
import dev.edge4j.data.Promises;
import dev.edge4j.data.Replica;
import dev.edge4j.data.Served;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.engines.SqldServer;
import dev.edge4j.data.testing.Aside;
import dev.edge4j.data.testing.TcpLink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A replica that is a server of its own: behind a read-after-write class it answers what was written, and it says how far behind it may be. */
@Aside
@Timeout(60)
class AReplicaShowsWhatWasWrittenTest {
  private final SqldServer primary = SqldServer.start();
  private final SqldServer copy = SqldServer.replicaOf(primary, Map.of());
  private final LibsqlStore origin = LibsqlStore.of(primary.url());
  private final LibsqlReplica near = LibsqlReplica.of(copy.url(), origin);
  private final Replica view = near.replica().orElseThrow();

  @BeforeEach
  void table() {
    origin.update("CREATE TABLE seen (id INTEGER PRIMARY KEY)");
  }

  @AfterEach
  void end() {
    near.close();
    origin.close();
    copy.close();
    primary.close();
  }

  @Test
  void aVisitorReadsAtTheReplicaWhatHeHasWritten() {
    try (DataMesh mesh = DataMesh.builder().sql("seen", near, Promises.readAfterWrite()).build()) {
      int atReplica = 0;
      MeshSession session = mesh.session();
      for (long id = 1; id <= 100; id++) {
        session.update("seen", "INSERT INTO seen VALUES (:id)", Map.of("id", id));
        session = mesh.session(session.bookmark()); // the next request of the same visitor
        assertEquals(Optional.of(id), session.queryOne("seen", Long.class, "SELECT max(id) FROM seen", Map.of()));
        atReplica += session.served().getLast().by() == Served.By.REPLICA ? 1 : 0;
      }
      assertTrue(atReplica > 0, "the origin has answered them all");
      assertEquals(near.position().history(), origin.position().history());
    }
  }

  @Test
  void aPositionThatNeverComesIsNotWaitedForLongerThanAllowed() {
    Position now = origin.position();
    assertTrue(view.reached(Position.START, Duration.ZERO));
    assertTrue(view.reached(now, Duration.ofSeconds(30)));
    assertFalse(view.reached(new Position(now.history(), now.offset() + 1_000), Duration.ofMillis(100)));
    assertFalse(view.reached(new Position("another server", 1), Duration.ofMillis(100)));
    assertEquals(List.of(0L), near.query(Long.class, "SELECT count(*) FROM seen"));
    assertEquals(1, near.forEach(Long.class, "SELECT count(*) FROM seen", Map.of(), _ -> {}));
  }

  @Test
  void itsLagGrowsWhileTheOriginIsAway() throws Exception {
    await(() -> lag().compareTo(Duration.ofSeconds(5)) < 0);
    primary.kill();
    await(() -> lag().compareTo(Duration.ofSeconds(2)) > 0);
    assertEquals(List.of(0L), near.query(Long.class, "SELECT count(*) FROM seen"), "it answers without its origin");
    primary.restart();
    await(() -> lag().compareTo(Duration.ofSeconds(2)) < 0);
  }

  private Duration lag() {
    try {
      return view.lag();
    } catch (StoreException e) {
      return Duration.ofDays(1); // not known yet
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(10);
    }
  }

  @Test
  void itIsOnlyRead() {
    assertThrows(StoreException.class, () -> near.update("INSERT INTO seen VALUES (1)"));
    assertThrows(StoreException.class, () -> near.transaction(tx -> tx.update("INSERT INTO seen VALUES (1)")));
    assertEquals(origin, view.origin().orElseThrow());
  }

  @Test
  void aReplicaThatDoesNotAnswerIsLeftForItsOrigin() {
    LibsqlOptions hasty = LibsqlOptions.defaults().withTimeout(Duration.ofMillis(300));
    try (TcpLink link = TcpLink.to(copy.port());
        LibsqlReplica far = LibsqlReplica.of("http://127.0.0.1:" + link.port(), hasty, origin);
        DataMesh mesh = DataMesh.builder().sql("seen", far, Promises.readAfterWrite()).build()) {
      MeshSession session = mesh.session();
      session.update("seen", "INSERT INTO seen VALUES (7)", Map.of());
      link.stall();
      assertEquals(List.of(7L), session.query("seen", Long.class, "SELECT id FROM seen", Map.of()));
      assertEquals(Served.By.ORIGIN, session.served().getLast().by());
      link.heal();
    }
  }
}
