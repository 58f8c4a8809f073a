package dev.edge4j.data.docs;

import static dev.edge4j.data.Promises.batched;
import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.strong;
import static dev.edge4j.data.Promises.ttl;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.Place;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.MeshSession;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.data.sqlite.SqliteEventSink;
import dev.edge4j.data.sqlite.SqliteKv;
import dev.edge4j.data.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/data.md about the mesh. */
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
}
