package dev.edge4j.data.docs;

import static dev.edge4j.data.Promises.batched;
import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static dev.edge4j.data.Promises.strong;
import static dev.edge4j.data.Promises.ttl;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Place;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.Keyset;
import dev.edge4j.data.MeshBookmarks;
import dev.edge4j.data.MeshSession;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.Page;
import dev.edge4j.data.StoreLimits;
import dev.edge4j.data.mesh.config.MeshConfig;
import dev.edge4j.data.observe.MeshMetrics;
import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.data.sqlite.SqliteEventSink;
import dev.edge4j.data.sqlite.SqliteKv;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.HookedStore;
import dev.edge4j.env.Env;
import dev.edge4j.http.CookieKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of the guide to the mesh. */
class MeshGuideTest {
  record Product(long id, String name) {}

  record Viewed(String path, int products) {}

  @TempDir private Path folder;

  @Test
  void eachClassOfDataHasAStoreAPromiseAndAPlace() {
    Migrations products = Migrations.of("CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
    Migrations sales = Migrations.of("CREATE TABLE orders (id INTEGER PRIMARY KEY, total_cents INTEGER NOT NULL)");
    try (SqliteDatabase edge = SqliteDatabase.open(folder.resolve("edge.db"))) {
      SqliteStore catalog = SqliteStore.open(folder.resolve("catalog.db")).migrate(products);
      SqliteStore orders = SqliteStore.open(folder.resolve("orders.db")).migrate(sales);
      // tag::mesh[]
      DataMesh mesh = DataMesh.builder()
          .sql("catalog", catalog, eventual(Duration.ofSeconds(5)))
          .sql("orders", orders, strong(),
              Place.origin("us-east-1", "an order must not be placed twice"))
          .kv("sessions", SqliteKv.on(edge, "sessions"), ttl(Duration.ofHours(1)))
          .events("analytics", SqliteEventSink.on(edge, "analytics"), batched(1_000, Duration.ofSeconds(2)))
          .build();
      // end::mesh[]
      try (mesh) {
        mesh.session().update("catalog", "INSERT INTO products VALUES (7, 'Green tea')", Map.of());
        var app = new App();
        // tag::session[]
        app.get("/products", c -> {
          MeshSession session = mesh.session(c); // one for the whole request
          List<Product> page = session.query("catalog", Product.class, "SELECT * FROM products LIMIT :limit",
              Map.of("limit", 20));
          mesh.events("analytics").append(new Viewed(c.path(), page.size()));
          return c.json(page);
        });
        // end::session[]
        assertEquals("[{\"id\":7,\"name\":\"Green tea\"}]", app.request("/products").text());
        assertEquals(List.of("eventual(5s)", "strong()", "ttl(1h)", "batched(1000, 2s)"),
            mesh.describe().stream().map(declared -> declared.promise().toString()).toList());
        assertEquals("an order must not be placed twice", mesh.describe().get(1).reason());
      }
    }
  }

  @Test
  void aFileDeclaresTheSame() throws IOException {
    Path file = folder.resolve("mesh.json");
    Files.writeString(file, """
        {
          "stores": {
            "edge": { "kind": "sqlite", "file": "${DATA}/edge.db" },
            "ram":  { "kind": "memory" }
          },
          "classes": {
            "sessions":  { "store": "ram", "ttl": "1h" },
            "catalog":   { "store": "edge", "consistency": "eventual", "maxLag": "5s" },
            "profiles":  { "store": "edge", "consistency": "read-after-write", "timeout": "300ms" },
            "orders":    { "store": "edge", "consistency": "strong", "region": "us-east-1", "reason": "one stock" },
            "analytics": { "store": "edge", "batch": 1000, "delay": "2s" }
          }
        }
        """);
    Env env = Env.of("--DATA=" + folder);
    // tag::file[]
    try (DataMesh mesh = MeshConfig.read(file, env).open()) {
      mesh.describe().forEach(declared -> System.out.println(declared.name() + " " + declared.promise()));
    }
    // end::file[]
  }

  @Test
  void aVisitorsBookmarkAndWhatIsWatched() {
    byte[] secret = "a secret of at least 32 bytes, for tests".getBytes(UTF_8);
    var registry = new SimpleMeterRegistry();
    SqliteStore rows = SqliteStore.open(folder.resolve("shop.db"))
        .migrate(Migrations.of("CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"));
    var store = new HookedStore(rows);
    // tag::limits[]
    DataMesh mesh = DataMesh.builder()
        .sql("catalog", store, eventual(Duration.ofSeconds(5)).serveStale(Duration.ofHours(1)))
        .sql("profiles", store, readAfterWrite())
        .timeout("catalog", Duration.ofMillis(300))
        .limits(store, StoreLimits.defaults().withConcurrent(64))
        .listen(MeshMetrics.to(registry))
        .build();
    // end::limits[]
    try (mesh) {
      var app = new App();
      // tag::bookmarks[]
      app.use(MeshBookmarks.of(mesh, CookieKeys.of(secret)).system("shop"));
      // end::bookmarks[]
      // tag::page[]
      app.get("/products", c -> {
        Page<Product> page = mesh.session(c)
            .page("catalog", Product.class, "SELECT id, name FROM products WHERE name <> :hidden",
                Map.of("hidden", "secret"), Keyset.by("name").then("id"), c.query("after").orElse(""), 2);
        return c.json(page);
      });
      // end::page[]
      // tag::changes[]
      app.get("/changes", c -> c.sse(mesh.changes("catalog", Set.of("products"))));
      // end::changes[]
      for (int i = 1; i <= 3; i++) {
        rows.update("INSERT INTO products VALUES (:id, :name)", Map.of("id", i, "name", "tea " + i));
      }
      String first = app.request("/products").text();
      assertTrue(first.startsWith(
          "{\"rows\":[{\"id\":1,\"name\":\"tea 1\"},{\"id\":2,\"name\":\"tea 2\"}],\"next\":\""),
          first);
      String next = first.substring(first.indexOf("next\":\"") + 7, first.length() - 2);
      assertEquals("{\"rows\":[{\"id\":3,\"name\":\"tea 3\"}],\"next\":null}", app.request("/products?after=" + next)
          .text());
      assertEquals(400, app.request("/products?after=x").status());
      // tag::explain[]
      System.out.println(mesh.session().explain("catalog"));
      // end::explain[]
      assertEquals(2, registry.get("edge4j.mesh.call").tags("class", "catalog", "error", "none").timer().count());
    }
  }
}
