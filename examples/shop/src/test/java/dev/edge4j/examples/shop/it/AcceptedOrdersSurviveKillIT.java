package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the shop accepts while its origin is away becomes one order each, though it is killed while they wait, and once more while it hands them in. The switch
 * that takes the origin away does not outlive the process, so the next one begins to hand in as soon as it has opened its files; the test sees the first orders
 * in the origin's file, and kills it there and then.
 */
class AcceptedOrdersSurviveKillIT {
  private static final int BUYERS = 8;
  /** Fewer than one cart lets wait. */
  private static final int ORDERS_EACH = 14;
  /** So many that the second kill leaves some. */
  private static final int BEFORE_THE_KILL = 80;
  private static final long PATIENCE_SECONDS = 30;

  @TempDir Path data;

  private final List<Buyer> buyers = new ArrayList<>();

  @AfterEach
  void close() {
    buyers.forEach(Buyer::close);
  }

  @Test
  void each_is_at_the_origin_once() throws Exception {
    Map<Long, Long> before;
    try (ShopProcess shop = ShopProcess.start(data)) {
      for (int i = 0; i < BUYERS; i++) {
        buyers.add(new Buyer("buyer" + i, shop));
      }
      before = stock();
      assertEquals(303, buyers.getFirst().post("/_edge/chaos", "layer=origin&cut=true").statusCode());
      orderUntilKilled(shop);
    }
    assertEquals(0, handedIn(), "the origin was away");
    long first = killAsItHandsIn();
    try (ShopProcess shop = ShopProcess.start(data)) {
      buyers.forEach(buyer -> buyer.visit(shop));
      long unanswered = buyers.stream().filter(Buyer::waitsForAnAnswer).count();
      buyers.forEach(Buyer::sendAgain);
      await(() -> buyers.stream().noneMatch(buyer -> buyer.get("/orders").body().contains("will be confirmed")));
      checkPages();
      shop.stop();
      System.out.println("AcceptedOrdersSurviveKillIT: " + bought().size() + " orders, " + first
          + " of them when it was killed again, " + unanswered + " without an answer at first");
      assertTrue(first < bought().size(), "nothing was left to be handed in");
    }
    checkOrigin(before);
  }

  /** Each buyer orders one product after the other; the shop is killed among these orders, when enough have been accepted. */
  private void orderUntilKilled(ShopProcess shop) throws Exception {
    var killed = new AtomicBoolean();
    var enough = new CountDownLatch(BEFORE_THE_KILL);
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < BUYERS; i++) {
        int first = i * (ORDERS_EACH + 2) + 1;
        Buyer buyer = buyers.get(i);
        ends.add(people.submit(() -> buy(buyer, first, enough, killed)));
      }
      boolean warm = enough.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      killed.set(true);
      shop.kill9();
      for (Future<?> end : ends) {
        end.get();
      }
      assertTrue(warm, () -> "too few orders: " + bought() + "\n" + shop.output());
    }
  }

  /** Every fortieth product is sold out. */
  private static void buy(Buyer buyer, int first, CountDownLatch enough, AtomicBoolean killed) {
    for (long product = first; product < first + ORDERS_EACH + 1; product++) {
      if (product % 40 != 0) {
        try {
          buyer.buy(product);
        } catch (UncheckedIOException e) {
          assertTrue(killed.get(), () -> "no answer though nobody killed the shop: " + e);
          return;
        }
        enough.countDown();
      }
    }
  }

  /** Starts the shop and kills it when it has handed in some orders; how many these are. */
  private long killAsItHandsIn() throws Exception {
    try (ShopProcess shop = ShopProcess.launched(data)) {
      await(() -> handedIn() > 0);
      shop.kill9();
    }
    return handedIn();
  }

  private List<Long> bought() {
    return buyers.stream().flatMap(buyer -> buyer.bought().stream()).sorted().toList();
  }

  private void checkPages() {
    for (Buyer buyer : buyers) {
      for (String place : buyer.accepted()) {
        String page = buyer.get(place).body();
        assertTrue(page.contains("<h1>Confirmed</h1>") || !place.contains("queued"), () -> place + " shows " + page);
      }
    }
  }

  private void checkOrigin(Map<Long, Long> before) throws SQLException {
    List<String> wanted = new ArrayList<>();
    buyers.forEach(buyer -> buyer.bought().forEach(product -> wanted.add(buyer.name() + " 1 of " + product)));
    Collections.sort(wanted);
    List<String> there = origin("SELECT u.name || ' ' || l.quantity || ' of ' || l.product_id FROM orders o"
        + " JOIN users u ON u.id = o.user_id JOIN order_lines l ON l.order_id = o.id", rows -> rows.getString(1));
    Collections.sort(there);
    assertEquals(wanted, there);
    bought().forEach(product -> before.merge(product, -1L, Long::sum));
    assertEquals(before, stock(), "stock falls by what was sold");
  }

  private Map<Long, Long> stock() throws SQLException {
    Map<Long, Long> stock = new TreeMap<>();
    List<Optional<Long>> _ = origin("SELECT product_id, available FROM stock", rows -> Optional.ofNullable(stock.put(
        rows.getLong(1), rows.getLong(2))));
    return stock;
  }

  private long handedIn() throws SQLException {
    return origin("SELECT count(*) FROM orders", rows -> rows.getLong(1)).getFirst();
  }

  /** What one row is. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Rows of the origin's file, which others may read at any time. */
  private <T> List<T> origin(String sql, Reading<T> reading) throws SQLException {
    try (Connection origin = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("origin.db"));
        Statement statement = origin.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reading.of(rows));
      }
      return all;
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, "waited for " + PATIENCE_SECONDS + " s");
      try {
        TimeUnit.MILLISECONDS.sleep(1);
      } catch (InterruptedException e) {
        throw new CancellationException("interrupted");
      }
    }
  }
}
