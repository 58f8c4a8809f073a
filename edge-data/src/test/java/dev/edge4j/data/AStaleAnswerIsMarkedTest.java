package dev.edge4j.data;

import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static dev.edge4j.data.Promises.strong;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.CopiedStore;
import dev.edge4j.http.CookieKeys;
import dev.edge4j.http.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a class says so, a replica that is too far behind answers for an origin that fails; the answer says so; strong never degrades. */
class AStaleAnswerIsMarkedTest {
  private final CopiedStore origin;
  private final CopiedStore replica;
  private final DataMesh mesh;

  AStaleAnswerIsMarkedTest(@TempDir Path folder) {
    this.origin = CopiedStore.primary(named(folder, "origin"));
    this.replica = CopiedStore.replicaOf(origin, named(folder, "replica"));
    this.mesh = DataMesh.builder()
        .owns(origin)
        .sql("orders", origin, strong())
        .sql("catalog", replica, eventual(Duration.ofSeconds(5)).serveStale(Duration.ofHours(1)))
        .sql("prices", replica, eventual(Duration.ofSeconds(5)).staleIfError(Duration.ofHours(1)))
        .sql("profiles", replica, readAfterWrite())
        .sql("alone", CopiedStore.orphan(named(folder, "alone")), eventual(Duration.ZERO).serveStale(Duration.ofHours(
            1)))
        .build();
  }

  @AfterEach
  void close() {
    mesh.close();
  }

  @Test
  void whileTheOriginAnswersNothingIsStale() {
    replica.lagBehind(Duration.ofMinutes(1));
    MeshSession session = mesh.session();
    assertEquals("origin", who(session, "catalog"));
    assertEquals(Set.of(), session.degraded());
  }

  @Test
  void whenItFailsTheReplicaAnswersAsFarAsTheClassAllows() {
    origin.fail(true);
    replica.lagBehind(Duration.ofMinutes(60));
    MeshSession session = mesh.session();
    assertEquals("replica", who(session, "catalog"));
    assertEquals(List.of(new Served("catalog", Served.By.STALE_REPLICA, "the replica is 1h behind")), session.served());
    assertEquals(Set.of("catalog"), session.degraded());
    replica.lagBehind(Duration.ofMinutes(61));
    var error = assertThrows(StoreException.class, () -> who(mesh.session(), "catalog"));
    assertEquals("no connection to the origin", error.getMessage());
    assertEquals("catalog: the replica is 1h1m behind, promised is eventual(5s, serveStale 1h)", error
        .getSuppressed()[0].getMessage());
  }

  @Test
  void nobodyElseIsAnsweredStale() {
    origin.fail(true);
    replica.lagBehind(Duration.ofMinutes(1));
    assertThrows(StoreException.class, () -> who(mesh.session(), "prices"), "only who asks for it");
    assertThrows(StoreException.class, () -> who(mesh.session(), "profiles"));
    assertThrows(StoreException.class, () -> who(mesh.session(), "orders"));
    assertThrows(StoreException.class, () -> who(mesh.staleSession(), "orders"));
  }

  @Test
  void aCopyWithoutAnOriginMayBeStaleToo() {
    assertEquals("alone", who(mesh.session(), "alone"));
  }

  @Test
  void theAnswerSaysSo() {
    var app = new App();
    app.use(MeshBookmarks.of(mesh, CookieKeys.of("a secret of at least 32 bytes, for tests".getBytes(UTF_8))));
    app.get("/", c -> c.text(who(mesh.session(c), "catalog")).withHeader("Cache-Control", "max-age=60"));
    app.get("/cart", c -> c.text(who(mesh.session(c), "catalog")).withHeader("X-Degraded", "cart"));
    assertTrue(app.request("/").header(MeshBookmarks.DEGRADED).isEmpty());
    origin.fail(true);
    replica.lagBehind(Duration.ofMinutes(1));
    Response stale = app.request("/");
    assertEquals("replica", stale.text());
    assertEquals("catalog", stale.header(MeshBookmarks.DEGRADED).orElseThrow());
    assertEquals("no-store", stale.header("Cache-Control").orElseThrow(), "no cache shows it as if it were fresh");
    assertEquals("cart, catalog", app.request("/cart").header(MeshBookmarks.DEGRADED).orElseThrow());
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
