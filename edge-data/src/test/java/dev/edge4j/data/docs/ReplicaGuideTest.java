package dev.edge4j.data.docs;

import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.Bookmark;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.MeshSession;
import dev.edge4j.data.RowChange;
import dev.edge4j.data.postgres.PostgresStore;
import dev.edge4j.data.replica.ReplicaStatus;
import dev.edge4j.data.replica.ReplicatedTable;
import dev.edge4j.data.replica.SqliteReplica;
import dev.edge4j.data.testing.Engines;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listings of the guide to replicas. */
class ReplicaGuideTest {
  record Product(long id, String name, BigDecimal price) {}

  private static final Logger LOG = LoggerFactory.getLogger(ReplicaGuideTest.class);

  private final String url = Engines.database();
  private final BlockingQueue<RowChange> changed = new LinkedBlockingQueue<>();
  @TempDir private Path folder;

  @BeforeEach
  void create() throws SQLException {
    try (var connection = DriverManager.getConnection(url); var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE products (id bigint PRIMARY KEY, name text NOT NULL, price numeric(10,2) NOT NULL)");
      statement.execute(
          "CREATE TABLE users (tenant text, id bigint, name text NOT NULL, password text, PRIMARY KEY (tenant, id))");
      statement.execute("INSERT INTO products VALUES (7, 'Green tea', 4.50), (8, 'Black tea', 3.90)");
      statement.execute("INSERT INTO users VALUES ('fr', 1, 'Ada', 'secret'), ('us', 1, 'Bob', 'secret')");
    }
  }

  @Test
  void aMeshReadsTheCopyAndWritesTheOrigin() {
    // tag::mesh[]
    PostgresStore origin = PostgresStore.of(url);
    SqliteReplica catalog = SqliteReplica.of(url).tables("products").origin(origin).into(folder.resolve("catalog.db"));
    DataMesh mesh = DataMesh.builder()
        .sql("catalog", catalog, eventual(Duration.ofSeconds(5)))
        .sql("prices", catalog, readAfterWrite())
        .build();

    MeshSession session = mesh.session(Bookmark.NONE);
    session.update("prices", "UPDATE products SET price = :price WHERE id = :id", Map.of("price", new BigDecimal(
        "4.20"), "id", 7));
    Optional<Product> tea = session.queryOne("prices", Product.class, "SELECT * FROM products WHERE id = :id", Map.of(
        "id", 7));
    // end::mesh[]
    assertEquals(new BigDecimal("4.20"), tea.orElseThrow().price());
    assertEquals(List.of("Black tea", "Green tea"), mesh.session()
        .query("catalog", String.class, "SELECT name FROM products WHERE price < :most ORDER BY price", Map.of("most",
            5)));
    assertEquals(new BigDecimal("4.20"), mesh.session()
        .queryOne("catalog", BigDecimal.class, "SELECT max(price) FROM products", Map.of())
        .orElseThrow(), "the origin answers what the copy cannot compute");
    mesh.close();
    origin.close();
  }

  @Test
  void aPartOfATableIsCopied() {
    // tag::part[]
    SqliteReplica users = SqliteReplica.of(url)
        .table(ReplicatedTable.of("users").only("tenant", "id", "name").where("tenant", "fr", "de"))
        .app("shop")
        .node("fra1")
        .durable()
        .readyWithin(Duration.ofMinutes(2))
        .named(Map.of("byId", "SELECT name FROM users WHERE tenant = :tenant AND id = :id"))
        .progress(copied -> LOG.info("{}", copied)) // users: 150,000 rows, 75,000 rows/s
        .into(folder.resolve("users.db"));
    // end::part[]
    try (users) {
      assertEquals(List.of("Ada"), users.query(String.class, users.named("byId"), Map.of("tenant", "fr", "id", 1)));
      assertEquals(List.of("Ada"), users.query(String.class, "SELECT name FROM users"));
    }
  }

  @Test
  void itTellsWhatItDoesAndWhatHasChanged() throws Exception {
    try (PostgresStore origin = PostgresStore.of(url);
        SqliteReplica catalog = SqliteReplica.of(url).tables("products").into(folder.resolve("catalog.db"))) {
      // tag::feed[]
      catalog.watch(Set.of("products"), changes -> changes.forEach(changed::add));
      // end::feed[]
      // tag::status[]
      ReplicaStatus status = catalog.status();
      Duration lag = catalog.awaitFollowing(Duration.ofSeconds(10)) ? catalog.lag() : Duration.ofDays(1);
      // end::status[]
      assertTrue(status.file().toString().endsWith("catalog.db.1"));
      assertTrue(lag.isPositive());
      origin.update("DELETE FROM products WHERE id = 8");
      assertEquals(new RowChange("products", RowChange.Kind.DELETED, "8"), changed.poll(60, TimeUnit.SECONDS));
    }
  }
}
