package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.testing.Aside;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.data.testing.TcpLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A durable slot goes on where the file is; where it cannot, everything is copied anew and nothing is skipped. */
@Aside
class DurableSlotsLoseNothingTest {
  private static final String IDS = "SELECT id FROM t ORDER BY id";
  private static final Tuning QUICK = Tuning.DEFAULT.withBackoff(Duration.ofMillis(20))
      .withConfirm(Duration.ofMillis(50));

  private final OriginDatabase origin = new OriginDatabase(Engines.database(Engines.postgresAside()));
  private final Path folder;
  private final String app;

  DurableSlotsLoseNothingTest(@TempDir Path folder) {
    this.folder = folder;
    this.app = "d" + origin.one("SELECT current_database()"); // slots are the server's, not the database's
    origin.run("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE other (id int, v text)",
        "INSERT INTO t VALUES (1)");
  }

  @AfterEach
  void dropSlots() {
    origin.rows(
        "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE database = current_database() AND active");
    origin.rows(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database() AND NOT active");
  }

  @Test
  void aRestartGoesOnWithoutACopy() {
    Path file;
    try (SqliteReplica replica = open("a")) {
      file = replica.status().file();
    }
    origin.run("INSERT INTO t VALUES (2)");
    try (SqliteReplica replica = open("a")) {
      Await.caughtUp(replica, origin);
      assertEquals(List.of(1L, 2L), replica.query(Long.class, IDS));
      assertEquals(file, replica.status().file());
    }
  }

  @Test
  void anOlderFileIsNotGoneOnWith() throws IOException {
    Path file;
    try (SqliteReplica replica = open("a")) {
      file = replica.status().file();
    }
    Path kept = Files.copy(file, folder.resolve("kept"));
    origin.run("INSERT INTO t VALUES (2)");
    try (SqliteReplica replica = open("a")) {
      Await.caughtUp(replica, origin); // what closing confirms is behind the kept file for ever
    }
    Files.move(kept, file, StandardCopyOption.REPLACE_EXISTING);
    origin.run("INSERT INTO t VALUES (3)");
    try (SqliteReplica replica = open("a")) {
      assertEquals(1, replica.query(Long.class, "SELECT id FROM t WHERE id < 2").size(), "it answers at once");
      Await.caughtUp(replica, origin);
      assertEquals(List.of(1L, 2L, 3L), replica.query(Long.class, IDS));
      assertNotEquals(file, replica.status().file());
    }
  }

  @Test
  void aSlotThatIsGoneAndAFileThatIsDamagedAreMadeAnew() throws IOException {
    Path file;
    try (SqliteReplica replica = open("a")) {
      file = replica.status().file();
    }
    origin.rows("SELECT pg_drop_replication_slot('edge_" + app + "_a')");
    origin.run("INSERT INTO t VALUES (2)");
    try (SqliteReplica replica = open("a")) {
      Await.caughtUp(replica, origin);
      assertEquals(List.of(1L, 2L), replica.query(Long.class, IDS));
      file = replica.status().file();
    }
    Files.writeString(file,
        "this is no database, and longer than a header of one hundred bytes would be, so that it is read as one: no");
    try (SqliteReplica replica = open("a")) {
      Await.caughtUp(replica, origin);
      assertEquals(List.of(1L, 2L), replica.query(Long.class, IDS));
    }
    try (var left = Files.list(folder)) {
      assertEquals(2, left.count(), "one file and its lock");
    }
  }

  @Test
  void trafficOfOtherTablesIsConfirmedToo() throws Exception {
    try (SqliteReplica replica = open("a")) {
      for (int i = 0; i < 5; i++) {
        origin.run("INSERT INTO other SELECT i, repeat('x', 500) FROM generate_series(1, 2000) i");
      }
      long end = origin.position().offset();
      Await.until("the slot lets go of the log", () -> confirmed("a") >= end);
      assertTrue(replica.status().confirmed() >= end);
    }
  }

  @Test
  void nothingIsConfirmedThatIsNotInTheFile() {
    try (SqliteReplica replica = open("a")) {
      for (int i = 2; i < 200; i++) {
        origin.run("INSERT INTO t VALUES (" + i + ")");
        long confirmed = confirmed("a");
        long stored = replica.query(Long.class, "SELECT applied_lsn FROM _edge_meta").getFirst();
        assertTrue(confirmed <= stored, () -> Lsn.text(confirmed) + " confirmed, stored is " + Lsn.text(stored));
      }
    }
  }

  @Test
  void aDeadPredecessorsHoldOnTheSlotIsEnded() {
    var direct = new OriginDatabase(origin.url());
    try (TcpLink link = TcpLink.to(Engines.postgresAside().port())) {
      String url = origin.url().replace(":" + Engines.postgresAside().port() + "/", ":" + link.port() + "/");
      try (SqliteReplica replica = builder("a", url).into(folder.resolve("c.db"))) {
        assertTrue(replica.awaitFollowing(Await.LONG));
        link.stall(); // the origin will not see that the process has gone
      }
      direct.run("INSERT INTO t VALUES (2)");
      assertEquals("t", origin.one("SELECT active FROM pg_replication_slots WHERE slot_name = 'edge_" + app + "_a'"));
      try (SqliteReplica replica = open("a")) {
        Await.caughtUp(replica, direct);
        assertEquals(List.of(1L, 2L), replica.query(Long.class, IDS));
      }
    }
  }

  @Test
  void twoReplicasOfOneNameDoNotTakeTheSlotFromEachOther() {
    try (SqliteReplica replica = open("a")) {
      var error = assertThrows(StoreException.class, () -> builder("a", origin.url()).readyWithin(Duration.ofSeconds(7))
          .into(folder.resolve("other.db")));
      assertTrue(error.getMessage().contains("is used by process") && error.getMessage()
          .contains("a node name of its own"), error.getMessage());
      var busy = assertThrows(StoreException.class, () -> open("a"));
      assertEquals(StoreException.Reason.BUSY, busy.reason());
      assertTrue(replica.awaitFollowing(Duration.ZERO));
    }
  }

  @Test
  void theSlotOfANodeThatStaysAwayIsDropped() throws Exception {
    open("gone").close();
    origin.rows("SELECT pg_create_logical_replication_slot('edge_" + app + "x_gone', 'pgoutput')");
    try (SqliteReplica replica = builder("b", origin.url()).tuning(QUICK.withAbandoned(Duration.ofMillis(300))
        .withProbe(Duration.ofMillis(20)))
        .into(folder.resolve("b.db"))) {
      Await.equal(List.of("edge_" + app + "_b", "edge_" + app + "x_gone"), () -> origin.rows(
          "SELECT slot_name FROM pg_replication_slots WHERE database = current_database() ORDER BY 1"));
      assertTrue(replica.awaitFollowing(Await.LONG));
    }
    origin.run("INSERT INTO t VALUES (2)");
    try (SqliteReplica back = open("gone")) {
      Await.caughtUp(back, origin);
      assertEquals(List.of(1L, 2L), back.query(Long.class, IDS));
    }
  }

  @Test
  void withoutDurabilityNoSlotIsLeft() throws Exception {
    SqliteReplica.of(origin.url()).tables("t").app(app).into(folder.resolve("e.db")).close();
    Await.equal(List.of(), () -> origin.rows(
        "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()"));
  }

  private long confirmed(String node) {
    return Lsn.parse(origin.one("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = 'edge_" + app
        + "_" + node + "'"));
  }

  private SqliteReplica open(String node) {
    return builder(node, origin.url()).into(folder.resolve("c.db"));
  }

  private ReplicaBuilder builder(String node, String url) {
    return SqliteReplica.of(url).tables("t").app(app).node(node).durable().tuning(QUICK);
  }
}
