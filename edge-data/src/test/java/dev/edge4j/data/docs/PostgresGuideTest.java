package dev.edge4j.data.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Deadline;
import dev.edge4j.Place;
import dev.edge4j.TimeSource;
import dev.edge4j.data.ChangeFeed;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.RowChange;
import dev.edge4j.data.SearchIndex;
import dev.edge4j.data.postgres.PostgresEventSink;
import dev.edge4j.data.postgres.PostgresOptions;
import dev.edge4j.data.postgres.PostgresStore;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.env.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The listings of the guide about PostgreSQL. */
class PostgresGuideTest {
  record Order(long id, String product, int pieces) {}

  record Viewed(String path, int millis) {}

  private final String url = Engines.database();

  @Test
  void rowsAreRecords() throws Exception {
    String password = "not asked for here";
    // tag::store[]
    PostgresOptions options = PostgresOptions.of(url)
        .withUser("postgres", Secret.of(password))
        .withStatementTimeout(Duration.ofSeconds(10));
    PostgresStore orders = PostgresStore.open(options)
        .at(Place.origin("us-east-1", "an order must not be placed twice"))
        .migrate(Migrations.of("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            + " product text NOT NULL, pieces integer NOT NULL)"));
    // end::store[]
    try (orders) {
      // tag::transaction[]
      Optional<Long> id = orders.transaction(tx -> tx.queryOne(Long.class,
          "INSERT INTO orders (product, pieces) VALUES (:product, :pieces) RETURNING id",
          Map.of("product", "green tea", "pieces", 2)));
      // end::transaction[]
      assertEquals(Optional.of(1L), id);
      // tag::many[]
      orders.batch("UPDATE orders SET pieces = :pieces WHERE id = :id",
          List.of(Map.of("id", 1, "pieces", 3)));
      orders.copyIn("orders", List.of("product", "pieces"),
          List.of(List.of("cup", 1), List.of("pot", 1)));
      long rows = orders.forEach(Order.class, "SELECT * FROM orders ORDER BY id", Map.of(),
          order -> System.out.println(order.product()));
      // end::many[]
      assertEquals(3, rows);
      // tag::deadline[]
      Deadline deadline = Deadline.in(Duration.ofMillis(800), TimeSource.system());
      List<Order> page = QueryDeadline.within(deadline,
          () -> orders.query(Order.class, "SELECT * FROM orders LIMIT 20"));
      // end::deadline[]
      assertEquals(3, page.size());
      changes(orders);
      search(orders);
    }
  }

  private static void changes(PostgresStore orders) throws InterruptedException {
    BlockingQueue<List<RowChange>> told = new LinkedBlockingQueue<>();
    // tag::watch[]
    ChangeFeed.Subscription watching = orders.watch(Set.of("orders"), changes -> told.add(changes));
    orders.update("UPDATE orders SET pieces = 9 WHERE id = 1");
    // the listener is told: RowChange[table=orders, kind=UPDATED, key=1]
    // end::watch[]
    assertEquals(List.of(new RowChange("orders", RowChange.Kind.UPDATED, "1")), told.poll(30, TimeUnit.SECONDS));
    watching.close();
  }

  private static void search(PostgresStore orders) {
    // tag::search[]
    SearchIndex index = new SearchIndex("orders", "id", List.of("product"));
    orders.prepare(index);
    List<Order> found = orders.search(index, Order.class, "Green te", 20, 0);
    // end::search[]
    assertEquals(List.of("green tea"), found.stream().map(Order::product).toList());
  }

  @Test
  void eventsAreRowsToo() {
    try (PostgresStore store = PostgresStore.of(url)) {
      // tag::events[]
      PostgresEventSink views = PostgresEventSink.on(store.database(), "views");
      views.append(new Viewed("/teas", 12));
      List<String> paths = store.query(String.class, "SELECT body ->> 'path' AS path FROM views");
      // end::events[]
      assertEquals(List.of("/teas"), paths);
      assertTrue(store.position().offset() > 0);
    }
  }
}
