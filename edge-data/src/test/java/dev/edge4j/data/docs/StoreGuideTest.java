package dev.edge4j.data.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.sqlite.SqliteKv;
import dev.edge4j.data.sqlite.SqliteStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/data.md about stores. */
class StoreGuideTest {
  // tag::record[]
  record Product(long id, String name, long priceCents, Optional<String> description) {}
  // end::record[]

  @TempDir private Path folder;

  @Test
  void rowsAreRecords() {
    // tag::store[]
    Migrations migrations = Migrations.of("""
        CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price_cents INTEGER NOT NULL, description TEXT)
        """);
    try (SqliteStore store = SqliteStore.open(folder.resolve("catalog.db")).migrate(migrations)) {
      store.update("INSERT INTO products VALUES (:id, :name, :price, :description)",
          Map.of("id", 7, "name", "Green tea", "price", 450, "description", Optional.empty()));

      Optional<Product> product = store.queryOne(Product.class, "SELECT * FROM products WHERE id = :id", Map.of("id",
          7));
      assertEquals(Optional.of(new Product(7, "Green tea", 450, Optional.empty())), product);

      List<String> names = store.query(String.class, "SELECT name FROM products ORDER BY name");
      assertEquals(List.of("Green tea"), names);
    }
    // end::store[]
  }

  @Test
  void aTransactionIsAllOrNothing() {
    try (SqliteStore store = SqliteStore.open(folder.resolve("stock.db"))
        .migrate(Migrations.of("CREATE TABLE stock (product INTEGER PRIMARY KEY, pieces INTEGER NOT NULL)"))) {
      store.update("INSERT INTO stock VALUES (7, 1)");
      // tag::transaction[]
      boolean sold = store.transaction(rows -> {
        long pieces = rows.queryOne(Long.class, "SELECT pieces FROM stock WHERE product = 7").orElseThrow();
        return pieces > 0 && rows.update("UPDATE stock SET pieces = pieces - 1 WHERE product = 7") == 1;
      });
      // end::transaction[]
      assertTrue(sold);
      assertThrows(IllegalStateException.class, () -> store.transaction(rows -> {
        rows.update("UPDATE stock SET pieces = 99");
        throw new IllegalStateException("changed my mind");
      }));
      assertEquals(Optional.of(0L), store.queryOne(Long.class, "SELECT pieces FROM stock"));
    }
  }

  @Test
  void keysHaveValuesForATime() {
    // tag::kv[]
    try (SqliteKv kv = SqliteKv.open(folder.resolve("kv.db"))) {
      byte[] visitor = "Ada".getBytes(StandardCharsets.UTF_8);
      kv.put("session:42", visitor, Duration.ofHours(1));

      assertEquals("Ada", new String(kv.get("session:42").orElseThrow(), StandardCharsets.UTF_8));
      assertEquals(List.of("session:42"), kv.list("session:", "", 100));
    }
    // end::kv[]
  }
}
