package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.RowChange;
import dev.edge4j.data.RowChange.Kind;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.testing.Engines;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there is copied, what is committed later follows, and who waits for a position finds it. */
class ACopyFollowsItsOriginTest {
  record Product(long id, String name, BigDecimal price, Optional<Instant> changedAt) {}

  private static final String ALL = "SELECT * FROM products ORDER BY id";

  private final OriginDatabase origin = new OriginDatabase(Engines.database());
  private final Path folder;
  private SqliteReplica replica;

  @SuppressWarnings("NullAway.Init") // before each test
  ACopyFollowsItsOriginTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void open() {
    origin.run(
        "CREATE TABLE products (id bigint PRIMARY KEY, name text NOT NULL, price numeric(10,2) NOT NULL, changed_at timestamptz)",
        "INSERT INTO products VALUES (1, 'Green tea', 4.50, '2026-01-31 12:00:00.123456+00'), (2, E'tab\\tnew\\nline\\\\', 0.05, NULL)");
    replica = SqliteReplica.of(origin.url()).tables("products").origin(origin).into(folder.resolve("catalog.db"));
  }

  @AfterEach
  void close() {
    replica.close();
  }

  @Test
  void rowsComeInTheSnapshotAndInTheStream() {
    var tea = new Product(1, "Green tea", new BigDecimal("4.50"), Optional.of(Instant.parse(
        "2026-01-31T12:00:00.123456Z")));
    var odd = new Product(2, "tab\tnew\nline\\", new BigDecimal("0.05"), Optional.empty());
    assertEquals(List.of(tea, odd), replica.query(Product.class, ALL));

    origin.run("INSERT INTO products VALUES (3, 'Ålesund 🍵', -12345678.90, '1969-12-31 23:59:59.999999+00')",
        "UPDATE products SET price = 5 WHERE id = 1",
        "DELETE FROM products WHERE id = 2");
    Await.caughtUp(replica, origin);
    assertEquals(List.of(new Product(1, "Green tea", new BigDecimal("5.00"), tea.changedAt()), new Product(3,
        "Ålesund 🍵", new BigDecimal(
            "-12345678.90"), Optional.of(Instant.parse("1969-12-31T23:59:59.999999Z")))), replica.query(Product.class,
                ALL));
  }

  @Test
  void aKeyMayChangeAndATableMayBeEmptied() {
    origin.run("UPDATE products SET id = 20 WHERE id = 2", "UPDATE products SET id = 2 WHERE id = 1");
    Await.caughtUp(replica, origin);
    assertEquals(List.of(2L, 20L), replica.query(Long.class, "SELECT id FROM products ORDER BY id"));
    origin.run("TRUNCATE products");
    Await.caughtUp(replica, origin);
    assertEquals(List.of(), replica.query(Product.class, ALL));
  }

  @Test
  void aPositionOfAnotherTableIsReachedToo() {
    origin.run("CREATE TABLE other (id int)", "INSERT INTO other SELECT generate_series(1, 1000)");
    assertTrue(replica.reached(origin.position(), Await.LONG));
  }

  @Test
  void listenersHearOfEachChangeOnceItCanBeRead() throws Exception {
    var heard = new CopyOnWriteArrayList<RowChange>();
    try (var _ = replica.watch(Set.of("products"), heard::addAll)) {
      origin.run("INSERT INTO products VALUES (7, 'x', 1, NULL)");
      origin.run("UPDATE products SET id = 8 WHERE id = 7");
      origin.run("UPDATE products SET name = 'y' WHERE id = 8");
      origin.run("DELETE FROM products WHERE id = 8");
      origin.run("TRUNCATE products");
      Await.equal(List.of(new RowChange("products", Kind.INSERTED, "7"), new RowChange("products", Kind.DELETED, "7"),
          new RowChange("products",
              Kind.INSERTED, "8"), new RowChange("products", Kind.UPDATED, "8"), new RowChange("products", Kind.DELETED,
                  "8"), RowChange.all(
                      "products")), () -> List.copyOf(heard));
    }
    assertThrows(IllegalArgumentException.class, () -> replica.watch(Set.of("orders"), _ -> {}));
  }

  @Test
  void itIsReadAndNeverWritten() {
    assertThrows(StoreException.class, () -> replica.update("DELETE FROM products"));
    assertThrows(StoreException.class, () -> replica.transaction(rows -> rows.update("DELETE FROM products")));
    assertThrows(StoreException.class, () -> replica.query(Long.class, "DELETE FROM products RETURNING id"));
    assertEquals(2, replica.query(Product.class, ALL).size());
  }

  @Test
  void itsAgeIsKnownAndSmall() throws Exception {
    Await.until("the copy is young", () -> replica.lag().compareTo(Duration.ofSeconds(5)) < 0);
    assertTrue(replica.awaitFollowing(Await.LONG));
    assertEquals(ReplicaStatus.State.FOLLOWING, replica.status().state());
    assertEquals(origin, replica.replica().orElseThrow().origin().orElseThrow());
  }

  @Test
  void instantsAndTextAreFoundByValue() {
    assertEquals(Optional.of(1L), replica.queryOne(Long.class, "SELECT id FROM products WHERE changed_at = :at", Map.of(
        "at", Instant.parse(
            "2026-01-31T12:00:00.123456Z"))));
  }
}
