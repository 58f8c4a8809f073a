package dev.edge4j.data.mesh.config;

import static dev.edge4j.Place.origin;
import static dev.edge4j.data.Promises.batched;
import static dev.edge4j.data.Promises.direct;
import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static dev.edge4j.data.Promises.strong;
import static dev.edge4j.data.Promises.ttl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.DataMesh;
import dev.edge4j.data.EventCounts;
import dev.edge4j.data.IdempotentSink;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.data.sqlite.SqliteEventSink;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.env.Env;
import dev.edge4j.kv.MemoryKv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What mesh.json says and what the builder is told come to the same mesh. */
class AMeshFileMakesTheSameMeshTest {
  private static final String FILE = """
      {
        "stores": {
          "edge":   { "kind": "sqlite", "file": "${folder}/edge.db", "migrations": "${folder}/migrations" },
          "orders": { "kind": "sqlite", "file": "${folder}/orders.db", "synchronous": "full", "busyTimeout": "2s",
            "limits": { "concurrent": 1, "waiting": 0, "breaker": { "minCalls": 2, "failureRate": 0.9, "open": "2m" } } },
          "ram":    { "kind": "memory", "capacity": 100 }
        },
        "classes": {
          "sessions":  { "store": "ram", "ttl": "1h" },
          "catalog":   { "store": "edge", "consistency": "eventual", "maxLag": "5s", "serveStale": "1h", "timeout": "2s" },
          "profiles":  { "store": "edge", "consistency": "read-after-write" },
          "orders":    { "store": "orders", "consistency": "strong", "region": "us-east-1", "reason": "one stock" },
          "analytics": { "store": "edge", "batch": 1000, "delay": "2s", "region": "us-east-1", "reason": "cheap there" },
          "audit":     { "store": "orders", "direct": true, "timeout": "1s" }
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void theClassesAreTheSame() throws IOException {
    try (DataMesh read = config().open(); DataMesh built = built()) {
      assertEquals(built.describe(), read.describe());
      assertEquals(built.describe().get(1).promise(), read.describe().get(1).promise());
    }
  }

  @Test
  void andTheyWork() throws IOException {
    try (DataMesh mesh = config().open()) {
      mesh.session().update("catalog", "INSERT INTO products VALUES (:id, :name)", Map.of("id", 1, "name", "tea"));
      assertEquals(List.of("tea"), mesh.session()
          .query("profiles", String.class, "SELECT name FROM products", Map
              .of()), "two classes of one store");
      mesh.kv("sessions").put("a", new byte[]{1});
      mesh.events("audit").append(Map.of("who", "me"));
      assertEquals(new EventCounts(0, 1, 0), mesh.eventCounts("audit"), "there when it returns");
      assertInstanceOf(IdempotentSink.class, mesh.events("audit"));
      mesh.events("analytics").append(Map.of("path", "/"));
      mesh.events("analytics").flush();
      assertEquals(1, mesh.session()
          .queryOne("catalog", Long.class, "SELECT count(*) FROM events_analytics", Map.of())
          .orElseThrow());
    }
    try (DataMesh again = config().open()) {
      assertEquals(1, again.session()
          .queryOne("catalog", Long.class, "SELECT count(*) FROM products", Map.of())
          .orElseThrow(), "closed, so that it can be opened again");
    }
  }

  @Test
  void aStoreIsHeldToItsLimits() throws Exception {
    var running = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    try (DataMesh mesh = config().open()) {
      Thread first = Thread.ofVirtual().start(() -> {
        boolean waited = mesh.session().transaction("orders", tx -> {
          running.countDown();
          return waited(goOn);
        });
        assertTrue(waited);
      });
      running.await();
      var full = assertThrows(StoreException.class, () -> mesh.session()
          .query("orders", Long.class, "SELECT 1", Map
              .of()));
      assertEquals("the store of orders (sqlite) has no place free: 1 calls run, 0 wait", full.getMessage());
      assertEquals(List.of(1L), mesh.session().query("catalog", Long.class, "SELECT 1", Map.of()), "it has its own");
      goOn.countDown();
      first.join();
      assertEquals(List.of(1L), mesh.session().query("orders", Long.class, "SELECT 1", Map.of()));
    }
  }

  private static boolean waited(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void moreMayBeDeclaredInCode() throws IOException {
    try (DataMesh mesh = config().open(more -> more.kv("carts", new MemoryKv(), ttl(Duration.ofDays(1))))) {
      assertEquals(7, mesh.describe().size());
      mesh.kv("carts").put("a", new byte[]{1});
    }
  }

  private MeshConfig config() throws IOException {
    Files.createDirectories(folder.resolve("migrations"));
    Files.writeString(folder.resolve("migrations/1_products.sql"),
        "CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
    Path file = folder.resolve("mesh.json");
    Files.writeString(file, FILE);
    return MeshConfig.read(file, Env.of("--folder=" + folder));
  }

  private DataMesh built() {
    SqliteDatabase edge = SqliteDatabase.open(folder.resolve("edge2.db"));
    SqliteStore rows = SqliteStore.on(edge);
    return DataMesh.builder()
        .owns(edge)
        .kv("sessions", new MemoryKv(), ttl(Duration.ofHours(1)))
        .sql("catalog", rows, eventual(Duration.ofSeconds(5)).serveStale(Duration.ofHours(1)))
        .sql("profiles", rows, readAfterWrite())
        .sql("orders", SqliteStore.open(folder.resolve("orders2.db")), strong(), origin("us-east-1", "one stock"))
        .events("analytics", SqliteEventSink.on(edge, "analytics"), batched(1_000, Duration.ofSeconds(2)),
            origin("us-east-1", "cheap there"))
        .events("audit", SqliteEventSink.on(edge, "audit"), direct())
        .build();
  }
}
