package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.Position;
import dev.edge4j.data.engines.PostgresServer;
import dev.edge4j.data.testing.Aside;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.data.testing.TcpLink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While the origin is away the copy answers and says how old it is; when it is back the copy goes on. */
@Aside
class AnOriginThatIsAwayTest {
  private static final String IDS = "SELECT id FROM t ORDER BY id";
  private static final Tuning QUICK = Tuning.DEFAULT.withBackoff(Duration.ofMillis(20))
      .withProbe(Duration.ofMillis(100));

  @TempDir private Path folder;

  @Test
  void aKilledOriginIsWaitedForAndNothingIsLost() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      var origin = new OriginDatabase(server.url("postgres"));
      origin.run("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      try (SqliteReplica durable = builder(server.url("postgres")).durable().node("d").into(folder.resolve("d.db"));
          SqliteReplica fleeting = builder(server.url("postgres")).into(folder.resolve("e.db"))) {
        Await.until("both are young", () -> young(durable) && young(fleeting));
        Path file = durable.status().file();
        origin.run("INSERT INTO t VALUES (2)");
        Position written = origin.position();
        server.kill();
        Await.until("it is noticed", () -> durable.status().state() == ReplicaStatus.State.CONNECTING);
        Duration before = durable.lag();
        assertTrue(List.of(1L, 2L).containsAll(durable.query(Long.class, IDS)));
        assertFalse(durable.reached(new Position(written.history(), written.offset() + 1_000), Duration.ofMillis(20)));
        Await.until("the age grows", () -> durable.lag().compareTo(before) > 0);
        Await.restarted(server);
        origin.run("INSERT INTO t VALUES (3)");
        for (SqliteReplica replica : List.of(durable, fleeting)) {
          Await.caughtUp(replica, origin);
          assertEquals(List.of(1L, 2L, 3L), replica.query(Long.class, IDS));
        }
        assertEquals(file, durable.status().file(), "it went on where it was");
      }
    }
  }

  @Test
  void aCopyFromBeforeAnswersWhileTheOriginIsDown() throws Exception {
    PostgresServer server = PostgresServer.start();
    try (server) {
      new OriginDatabase(server.url("postgres")).run("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      try (SqliteReplica replica = builder(server.url("postgres")).into(folder.resolve("d.db"))) {
        Await.until("its age is known", () -> young(replica));
      }
    }
    try (SqliteReplica replica = builder(server.url("postgres")).into(folder.resolve("d.db"))) {
      assertEquals(List.of(1L), replica.query(Long.class, IDS));
      assertTrue(replica.lag().isPositive(), "it was kept in the file");
    }
  }

  @Test
  void aLinkThatSaysNothingIsGivenUp() throws Exception {
    var origin = new OriginDatabase(Engines.database(Engines.postgresAside()));
    origin.run("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    try (TcpLink link = TcpLink.to(Engines.postgresAside().port())) {
      String url = origin.url().replace(":" + Engines.postgresAside().port() + "/", ":" + link.port() + "/");
      try (SqliteReplica replica = SqliteReplica.of(OriginOptions.of(url).withSilence(Duration.ofSeconds(1)))
          .tables("t")
          .tuning(QUICK)
          .into(folder.resolve("d.db"))) {
        Await.until("it is young", () -> young(replica));
        link.stall();
        origin.run("INSERT INTO t VALUES (2)");
        long stalled = System.nanoTime();
        assertFalse(replica.reached(origin.position(), Duration.ofMillis(50)));
        Await.until("the silence is noticed", () -> replica.status().state() == ReplicaStatus.State.CONNECTING);
        assertTrue(replica.lag().toNanos() >= System.nanoTime() - stalled - Duration.ofMillis(200).toNanos(),
            "lag is never understated");
        assertEquals(List.of(1L), replica.query(Long.class, IDS));
        link.heal();
        Await.caughtUp(replica, origin);
        link.cut();
        origin.run("INSERT INTO t VALUES (3)");
        link.heal();
        Await.caughtUp(replica, origin);
        assertEquals(List.of(1L, 2L, 3L), replica.query(Long.class, IDS));
      }
    }
  }

  @Test
  void anotherHistoryIsNeverReached() {
    var origin = new OriginDatabase(Engines.database(Engines.postgresAside()));
    origin.run("CREATE TABLE t (id int PRIMARY KEY)");
    try (SqliteReplica replica = builder(origin.url()).into(folder.resolve("d.db"))) {
      assertFalse(replica.reached(new Position("1.1", 1), Duration.ofMillis(10)));
      assertTrue(replica.reached(Position.START, Duration.ZERO));
      assertTrue(replica.reached(replica.position(), Duration.ZERO));
    }
  }

  private static boolean young(SqliteReplica replica) {
    return replica.status().state() == ReplicaStatus.State.FOLLOWING && replica.lag()
        .compareTo(Duration.ofSeconds(30)) < 0;
  }

  private static ReplicaBuilder builder(String url) {
    return SqliteReplica.of(url).tables("t").tuning(QUICK);
  }
}
