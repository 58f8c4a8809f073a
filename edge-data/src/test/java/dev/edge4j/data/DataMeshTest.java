package dev.edge4j.data;

import static dev.edge4j.Place.origin;
import static dev.edge4j.data.Promises.batched;
import static dev.edge4j.data.Promises.direct;
import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static dev.edge4j.data.Promises.strong;
import static dev.edge4j.data.Promises.ttl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.data.sqlite.SqliteEventSink;
import dev.edge4j.data.sqlite.SqliteKv;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.CopiedStore;
import dev.edge4j.data.testing.ManualClock;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mesh knows its classes of data, refuses what cannot be promised, and closes what it was given. */
class DataMeshTest {
  record Product(long id, String name) {}

  private final Path folder;

  DataMeshTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aRequestHasOneSessionInWhichItReadsWhatItWrote() {
    try (SqliteStore store = SqliteStore.open(folder.resolve("r.db"));
        var mesh = DataMesh.builder().sql("profiles", store, readAfterWrite()).build()) {
      store.migrate(Migrations.of("CREATE TABLE users (name TEXT NOT NULL)"));
      var app = new App();
      app.use((c, next) -> {
        mesh.session(c).update("profiles", "INSERT INTO users (name) VALUES (:name)", Map.of("name", "ann"));
        return next.proceed();
      });
      app.get("/", c -> {
        MeshSession session = mesh.session(c);
        List<String> names = session.query("profiles", String.class, "SELECT name FROM users", Map.of());
        return c.text(names + " " + (mesh.session(c) == session));
      });
      assertEquals("[ann] true", app.request("/").text());
      assertEquals("[ann, ann] true", app.request("/").text());
    }
  }

  @Test
  void carriesEachClassToItsStoreOnOneNode() {
    var database = SqliteDatabase.open(folder.resolve("a.db"));
    SqliteStore store = SqliteStore.on(database);
    store.migrate(Migrations.of("CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"));
    try (var _ = database;
        var mesh = DataMesh.builder()
            .sql("catalog", store, eventual(Duration.ofSeconds(5)))
            .sql("profiles", store, readAfterWrite())
            .kv("sessions", SqliteKv.on(database, "sessions"), ttl(Duration.ofHours(1)))
            .events("analytics", SqliteEventSink.on(database, "views"), batched(1_000, Duration.ofSeconds(2)))
            .build()) {
      MeshSession session = mesh.session();
      session.update("profiles", "INSERT INTO products (name) VALUES (:name)", Map.of("name", "tea"));
      assertEquals(List.of(new Product(1, "tea")),
          session.query("catalog", Product.class, "SELECT * FROM products WHERE id = :id", Map.of("id", 1)));
      mesh.kv("sessions").put("s", new byte[]{1});
      assertEquals(List.of("s"), mesh.kv("sessions").list("", "", 10));
      mesh.events("analytics").append(Map.of("path", "/"));
      mesh.events("analytics").flush();
      assertEquals(1, store.queryOne(Long.class, "SELECT count(*) FROM views").orElseThrow());
    }
  }

  @Test
  void describesItsClasses() {
    var orders = CopiedStore.primary(SqliteStore.open(folder.resolve("o.db")));
    try (var mesh = DataMesh.builder()
        .sql("orders", orders, strong())
        .sql("catalog", SqliteStore.open(folder.resolve("c.db")), eventual(Duration.ofSeconds(5)))
        .kv("sessions", new MemoryKv(), ttl(Duration.ofMinutes(90)), origin("eu-west-1", "one place to log out"))
        .build()) {
      assertEquals(List.of("orders SQL strong() us-east-1 'it is the only one' test",
          "catalog SQL eventual(5s) edge '' sqlite",
          "sessions KV ttl(1h30m) eu-west-1 'one place to log out' MemoryKv"),
          mesh.describe()
              .stream()
              .map(c -> c.name() + " " + c.kind() + " " + c.promise() + " " + c.region() + " '" + c.reason() + "' "
                  + c.engine())
              .toList());
    }
  }

  @Test
  void refusesAStrongPromiseOnAReplica() {
    try (var replica = CopiedStore.orphan(SqliteStore.open(folder.resolve("a.db")))) {
      var error = assertThrows(IllegalArgumentException.class, () -> DataMesh.builder()
          .sql("orders", replica, strong()));
      assertTrue(String.valueOf(error.getMessage()).startsWith("class \"orders\" is strong() on a replica"));
    }
  }

  @Test
  void refusesANameDeclaredTwice() {
    var builder = DataMesh.builder().kv("a", new MemoryKv(), ttl(Duration.ofHours(1)));
    assertThrows(IllegalArgumentException.class, () -> builder.kv("a", new MemoryKv(), ttl(Duration.ofHours(1))));
  }

  @Test
  void namesTheClassesThatThereAre() {
    try (var mesh = DataMesh.builder().kv("sessions", new MemoryKv(), ttl(Duration.ofHours(1))).build()) {
      var kv = assertThrows(IllegalArgumentException.class, () -> mesh.kv("session"));
      assertEquals("no key-value class \"session\" in the mesh (expected: one of [sessions])", kv.getMessage());
      assertThrows(IllegalArgumentException.class, () -> mesh.events("sessions"));
    }
  }

  @Test
  void holdsKeysAndValuesToTheirTtl() {
    var clock = new ManualClock();
    try (var mesh = DataMesh.builder().kv("sessions", new MemoryKv(10, clock), ttl(Duration.ofHours(1))).build()) {
      KvStore kv = mesh.kv("sessions");
      kv.put("none", new byte[]{1});
      kv.put("longer", new byte[]{1}, Duration.ofDays(1));
      kv.put("shorter", new byte[]{1}, Duration.ofMinutes(1));
      kv.putIfAbsent("absent", new byte[]{1}, Duration.ofDays(1));
      clock.forward(Duration.ofMinutes(2));
      assertEquals(List.of("absent", "longer", "none"), kv.list("", "", 10));
      clock.forward(Duration.ofHours(1));
      assertEquals(List.of(), kv.list("", "", 10));
    }
  }

  @Test
  void closesItsStoresTheLastDeclaredFirst() {
    var owner = SqliteStore.open(folder.resolve("b.db"));
    var mesh = DataMesh.builder()
        .sql("one", owner, strong())
        .sql("two", owner, strong())
        .events("views", SqliteEventSink.on(owner.database(), "views"), batched(100, Duration.ofHours(1)))
        .build();
    mesh.events("views").append(Map.of("path", "/"));
    mesh.close();
    mesh.close();
    assertThrows(StoreException.class, () -> owner.update("DELETE FROM views"));
    try (var again = SqliteStore.open(folder.resolve("b.db"))) {
      assertEquals(1, again.queryOne(Long.class, "SELECT count(*) FROM views").orElseThrow(),
          "the events were written before the store below them was closed");
    }
  }

  @Test
  void aDirectEventIsThereWhenItIsAppended() {
    try (SqliteDatabase database = SqliteDatabase.open(folder.resolve("events.db"))) {
      EventSink sink = SqliteEventSink.on(database, "views");
      var mesh = DataMesh.builder().events("views", sink, direct()).build();
      mesh.events("views").append(Map.of("path", "/"));
      assertEquals(List.of(1L), SqliteStore.on(database).query(Long.class, "SELECT count(*) AS n FROM views"));
      assertEquals("direct()", mesh.describe().getFirst().promise().toString());
      try (var memory = new BatchingSink(sink, 10, Duration.ofSeconds(1))) {
        assertThrows(IllegalArgumentException.class, () -> DataMesh.builder().events("views", memory, direct()));
      }
    }
  }
}
