package dev.edge4j.data.mesh.config;

import static dev.edge4j.Place.origin;
import static dev.edge4j.data.Promises.batched;
import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static dev.edge4j.data.Promises.strong;
import static dev.edge4j.data.Promises.ttl;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.data.DataMesh;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What mesh.json says and what the builder is told come to the same mesh. */
class AMeshFileMakesTheSameMeshTest {
  private static final String FILE = """
      {
        "stores": {
          "edge":   { "kind": "sqlite", "file": "${folder}/edge.db", "migrations": "${folder}/migrations" },
          "orders": { "kind": "sqlite", "file": "${folder}/orders.db", "synchronous": "full", "busyTimeout": "2s" },
          "ram":    { "kind": "memory", "capacity": 100 }
        },
        "classes": {
          "sessions":  { "store": "ram", "ttl": "1h" },
          "catalog":   { "store": "edge", "consistency": "eventual", "maxLag": "5s", "serveStale": "1h", "timeout": "2s" },
          "profiles":  { "store": "edge", "consistency": "read-after-write" },
          "orders":    { "store": "orders", "consistency": "strong", "region": "us-east-1", "reason": "one stock" },
          "analytics": { "store": "edge", "batch": 1000, "delay": "2s", "region": "us-east-1", "reason": "cheap there" }
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
  void moreMayBeDeclaredInCode() throws IOException {
    try (DataMesh mesh = config().open(more -> more.kv("carts", new MemoryKv(), ttl(Duration.ofDays(1))))) {
      assertEquals(6, mesh.describe().size());
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
        .build();
  }
}
