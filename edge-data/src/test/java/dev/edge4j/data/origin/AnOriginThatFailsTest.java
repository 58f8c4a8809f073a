package dev.edge4j.data.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.client.OriginOptions;
import dev.edge4j.data.Bookmark;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.MeshSession;
import dev.edge4j.data.Promises;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.Served;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.libsql.LibsqlReplica;
import dev.edge4j.data.libsql.LibsqlStore;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.CopiedStore;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.data.testing.TcpLink;
import dev.edge4j.env.Secret;
import dev.edge4j.http.Response;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An origin that is gone, slow or refusing: a node learns it in time, and whether its write was done, as far as anybody can know. */
@Timeout(60)
class AnOriginThatFailsTest {
  private static final Secret TOKEN = Secret.of("the-token-of-the-edge");
  private static final OriginOperation<Long, Long> ADD = OriginOperation.named("add", Long.class, Long.class);

  @TempDir private Path folder;
  private final CountDownLatch release = new CountDownLatch(1);

  private SqliteStore rows() {
    SqliteStore rows = SqliteStore.open(folder.resolve("origin.db"));
    rows.update("CREATE TABLE IF NOT EXISTS t (id INTEGER)");
    return rows;
  }

  private Server serve(SqliteStore rows) {
    var app = new App();
    app.mount("/data", OriginService.over(rows)
        .token(TOKEN)
        .query("ids", Long.class, "SELECT id FROM t")
        .update("insert", "INSERT INTO t VALUES (:id)")
        .operation(ADD, (tx, id) -> {
          if (id < 0) {
            awaitRelease();
          }
          return tx.update("INSERT INTO t VALUES (:id)", Map.of("id", id));
        })
        .build()
        .app());
    return Server.start(app, ServerOptions.port(0).withHost("127.0.0.1").withDrainTimeout(Duration.ofMillis(200)));
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("ended", e);
    }
  }

  private static OriginStore store(int port) {
    return OriginStore.of("http://127.0.0.1:" + port + "/data", TOKEN, OriginOptions.defaults()
        .withTimeouts(OriginOptions.Timeouts.defaults().withHead(Duration.ofSeconds(10)))
        .withoutBreaker());
  }

  @Test
  void oneThatIsGoneHasDoneNothing() {
    try (SqliteStore rows = rows()) {
      Server server = serve(rows);
      try (OriginStore store = store(server.port())) {
        assertEquals(1, store.update("insert", Map.of("id", 1)));
        server.close();
        var refused = assertThrows(StoreException.class, () -> store.update("insert", Map.of("id", 2)));
        assertFalse(refused.getMessage().contains("unknown") && rows.query(Long.class, "SELECT id FROM t").size() > 1,
            refused.getMessage());
        assertThrows(StoreException.class, () -> store.query(Long.class, "ids"));
        var again = assertThrows(StoreException.class, () -> store.call(ADD, 3L));
        assertTrue(again.getMessage().contains("nothing was done"), again.getMessage());
      }
    }
  }

  @Test
  void aWriteWhoseAnswerIsLostIsSaidToBeUnknown() {
    try (SqliteStore rows = rows();
        Server server = serve(rows);
        TcpLink link = TcpLink.to(server.port());
        OriginStore store = store(link.port())) {
      assertEquals(List.of(), store.query(Long.class, "ids"));
      Deadline soon = Deadline.in(Duration.ofSeconds(2), TimeSource.system());
      link.stall();
      var lost = assertThrows(StoreException.class, () -> QueryDeadline.within(soon, () -> store.update("insert", Map
          .of("id", 1))));
      assertTrue(lost.outcomeUnknown(), lost.getMessage());
      link.heal();
      for (int i = 0; i < 10; i++) {
        link.cut();
        link.heal();
        assertTrue(store.query(Long.class, "ids").size() <= 1, "a read is asked once more");
      }
      release.countDown();
    }
  }

  @Test
  void oneThatIsSlowIsNotWaitedForLongerThanAllowed() {
    try (SqliteStore rows = rows(); Server server = serve(rows); OriginStore store = store(server.port())) {
      assertEquals(List.of(), store.query(Long.class, "ids")); // the first call of all takes longer
      Deadline soon = Deadline.in(Duration.ofSeconds(1), TimeSource.system());
      var late = assertThrows(StoreException.class, () -> QueryDeadline.within(soon, () -> store.call(ADD, -1L)));
      assertTrue(late.outcomeUnknown(), late.getMessage());
      release.countDown();
    }
  }

  @Test
  void oneThatIsNoServiceIsFoundOut() {
    var answers = new AtomicInteger();
    var app = new App();
    app.post("/data/*", _ -> switch (answers.getAndIncrement()) {
      case 0, 1 -> Response.html(200, "<h1>Welcome</h1>");
      case 2 -> Response.bytes(200, "application/json", "{\"columns\":[\"value\"],\"rows\":[[{\"x\":\"y\"}]]}".getBytes(
          java.nio.charset.StandardCharsets.UTF_8));
      case 3 -> Response.of(503);
      default -> Response.of(404);
    });
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
        OriginStore store = store(server.port())) {
      assertTrue(assertThrows(StoreException.class, () -> store.query(Long.class, "ids")).getMessage()
          .contains("no JSON"));
      assertTrue(assertThrows(StoreException.class, () -> store.update("insert")).getMessage().contains("unknown"));
      assertThrows(StoreException.class, () -> store.query(Long.class, "ids"));
      assertEquals(StoreException.Reason.BUSY, assertThrows(StoreException.class, () -> store.query(Long.class, "ids"))
          .reason());
      var nowhere = assertThrows(StoreException.class, () -> store.call(ADD, 1L));
      assertTrue(nowhere.getMessage().contains("status 404") && !nowhere.getMessage().contains("unknown"), nowhere
          .getMessage());
    }
  }

  /** The origin's answers carry its position, so a bookmark over the service is one of the store behind it. */
  @Test
  void aBookmarkOverTheServiceIsOneOfItsStore() {
    try (SqliteStore rows = rows()) {
      CopiedStore primary = CopiedStore.primary(rows);
      var app = new App();
      app.mount("/data", OriginService.over(primary)
          .token(TOKEN)
          .query("ids", Long.class, "SELECT id FROM t")
          .update("insert", "INSERT INTO t VALUES (:id)")
          .build()
          .app());
      try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
          OriginStore store = store(server.port());
          DataMesh mesh = DataMesh.builder().sql("t", store, Promises.strong()).build()) {
        MeshSession session = mesh.session();
        session.update("t", "insert", Map.of("id", 7));
        assertEquals(List.of(7L), session.query("t", Long.class, "ids", Map.of()));
        assertEquals(Served.By.PRIMARY, session.served().getLast().by());
        assertEquals(primary.position(), store.position());
        assertTrue(primary.position().offset() > 0);
        assertEquals(Bookmark.NONE, session.bookmark(), "a primary needs none");
      }
    }
  }

  /** The whole way: a service over sqld, and bookmarks that a replica of that sqld understands. */
  @Test
  void aPositionOfTheServiceIsUnderstoodByAReplicaOfItsStore() {
    try (LibsqlStore sqld = LibsqlStore.of(Engines.sqld().url())) {
      sqld.update("CREATE TABLE IF NOT EXISTS through (id INTEGER)");
      var app = new App();
      app.mount("/data", OriginService.over(sqld)
          .token(TOKEN)
          .update("insert", "INSERT INTO through VALUES (:id)")
          .build()
          .app());
      try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
          OriginStore store = store(server.port());
          LibsqlReplica same = LibsqlReplica.of(Engines.sqld().url(), sqld)) {
        store.update("insert", Map.of("id", 1));
        assertEquals(sqld.position(), store.position());
        assertTrue(same.replica().orElseThrow().reached(store.position(), Duration.ofSeconds(20)));
      }
    }
  }
}
