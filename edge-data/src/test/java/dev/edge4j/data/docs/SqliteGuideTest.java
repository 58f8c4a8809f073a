package dev.edge4j.data.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.SearchIndex;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of the guide about SQLite. */
class SqliteGuideTest {
  record Product(long id, String name, String about) {}

  private final Path folder;
  private final SqliteStore store;

  SqliteGuideTest(@TempDir Path folder) {
    this.folder = folder;
    store = SqliteStore.open(folder.resolve("shop.db"))
        .migrate(Migrations.of(
            "CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, about TEXT NOT NULL)"));
    store.update("INSERT INTO products VALUES (7, 'Thé vert', 'green tea'), (8, 'Cup', 'for tea')");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void rowsOfAnyNumber() {
    var csv = new StringBuilder();
    // tag::stream[]
    long rows = store.forEach(Product.class, "SELECT * FROM products ORDER BY id", Map.of(),
        product -> csv.append(product.id()).append(';').append(product.name()).append('\n'));
    // end::stream[]
    assertEquals(2, rows);
    assertEquals("7;Thé vert\n8;Cup\n", csv.toString());
  }

  @Test
  void wordsAreFound() {
    // tag::search[]
    var index = new SearchIndex("products", "id", List.of("name", "about")); // a word in the name counts more
    store.prepare(index); // once, when the program starts

    List<Product> found = store.search(index, Product.class, "GREEN the", 20, 0);
    // end::search[]
    assertEquals(7, found.getFirst().id());
  }

  @Test
  void changesAreTold() throws Exception {
    var stale = new CountDownLatch(1);
    // tag::watch[]
    try (var _ = store.watch(Set.of("products"), changes -> changes.forEach(change -> {
      if (change.key().equals("7")) { // or the whole table: change.kind() is ALL
        stale.countDown();
      }
    }))) {
      store.update("UPDATE products SET name = 'Green tea' WHERE id = 7");
      assertTrue(stale.await(60, TimeUnit.SECONDS));
    }
    // end::watch[]
  }

  @Test
  void aCopyIsMadeWhileWritersGoOn() {
    // tag::backup[]
    store.backup(folder.resolve("backups/shop.db"));
    // end::backup[]
    assertTrue(Files.exists(folder.resolve("backups/shop.db")));
  }

  @Test
  void aQueryHasADeadline() {
    String slow = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    // tag::deadline[]
    var soon = Deadline.in(Duration.ofMillis(50), TimeSource.system());
    assertThrows(StoreException.class, () -> QueryDeadline.within(soon, () -> store.query(Long.class, slow)));
    // end::deadline[]
  }
}
