package dev.edge4j.data.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.Conflict;
import dev.edge4j.Place;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.Promises;
import dev.edge4j.data.origin.OriginOperation;
import dev.edge4j.data.origin.OriginService;
import dev.edge4j.data.origin.OriginStore;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.env.Secret;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.testing.TestClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The listings of the guide to origin services. */
@Timeout(60)
class OriginStoreGuideTest {
  // tag::shared[]
  record Product(long id, String name, String category) {}

  record NewOrder(long product, int pieces) {}

  record Placed(long order) {}

  static final OriginOperation<NewOrder, Placed> PLACE = OriginOperation.named("orders.place", NewOrder.class,
      Placed.class);
  // end::shared[]

  @TempDir private Path folder;

  private SqliteStore rows() {
    return SqliteStore.open(folder.resolve("origin.db")).migrate(Migrations.of("""
        CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL, stock INTEGER NOT NULL);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, product INTEGER NOT NULL, pieces INTEGER NOT NULL);
        INSERT INTO products VALUES (7, 'Green tea', 'tea', 2);
        """));
  }

  @Test
  void theEdgeAsksByName() {
    Secret token = Secret.of("r4nd0m-and-long-enough");
    try (SqliteStore store = rows(); Server server = origin(store, token)) {
      edge("http://127.0.0.1:" + server.port() + "/data", token);
    }
  }

  private static Server origin(SqliteStore store, Secret token) {
    // tag::service[]
    OriginService service = OriginService.over(store)
        .token(token)
        .query("catalog.byCategory", Product.class,
            "SELECT id, name, category FROM products WHERE category = :category LIMIT :limit")
        .update("catalog.rename", "UPDATE products SET name = :name WHERE id = :id")
        .operation(PLACE, (rows, order) -> {
          if (rows.update("UPDATE products SET stock = stock - :n WHERE id = :id AND stock >= :n", Map.of("n", order
              .pieces(), "id", order.product())) == 0) {
            throw new Conflict("not enough pieces are left"); // thrown again at the edge
          }
          rows.update("INSERT INTO orders (product, pieces) VALUES (:id, :n)", Map.of("id", order.product(), "n", order
              .pieces()));
          return new Placed(rows.queryOne(Long.class, "SELECT max(id) FROM orders").orElseThrow());
        })
        .build();
    var app = new App();
    app.mount("/data", service.app());
    // end::service[]
    return Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  private static void edge(String url, Secret token) {
    // tag::store[]
    OriginStore origin = OriginStore.of(url, token)
        .at(Place.origin("us-east-1", "orders need strong consistency"));
    DataMesh mesh = DataMesh.builder().sql("catalog", origin, Promises.strong()).build();

    var app = new App();
    app.get("/products", c -> c.json(mesh.session(c)
        .query("catalog", Product.class, "catalog.byCategory",
            Map.of("category", "tea", "limit", 20))));
    app.post("/api/orders", c -> c.json(201, origin.call(PLACE, c.body(NewOrder.class))));
    // end::store[]
    try (mesh; TestClient client = TestClient.inProcess(app)) {
      assertEquals("[{\"id\":7,\"name\":\"Green tea\",\"category\":\"tea\"}]", app.request("/products").text());
      assertEquals(201, client.postJson("/api/orders", "{\"product\":7,\"pieces\":2}").status());
      assertEquals(409, client.postJson("/api/orders", "{\"product\":7,\"pieces\":1}").status());
      assertEquals(List.of(new Product(7, "Green tea", "tea")), origin.query(Product.class, "catalog.byCategory", Map
          .of("category", "tea", "limit", 1)));
    }
  }
}
