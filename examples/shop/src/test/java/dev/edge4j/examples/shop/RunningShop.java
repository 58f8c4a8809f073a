package dev.edge4j.examples.shop;

import dev.edge4j.App;
import dev.edge4j.data.DataMesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A shop of a few products on stores in a temporary folder, and what its tests ask of it. */
final class RunningShop implements AutoCloseable {
  static final int PRODUCTS = 200;

  private final Path folder;
  private final ShopOptions options;
  private final Stores.Wiring wiring;
  private Stores stores;
  private ShopApp shop;

  private RunningShop(double canary, Stores.Wiring wiring) throws IOException {
    this.folder = Files.createTempDirectory("shop-test");
    this.options = ShopOptions.in(folder).small(PRODUCTS, canary);
    this.wiring = wiring;
    this.stores = Stores.open(folder, wiring);
    this.shop = new ShopApp(options, stores);
    shop.prepare(_ -> {
      // Nobody watches.
    });
  }

  static RunningShop open() throws IOException {
    return new RunningShop(0, new Stores.Wiring() {});
  }

  /** With these wires to its stores. */
  static RunningShop on(Stores.Wiring wiring) throws IOException {
    return new RunningShop(0, wiring);
  }

  /** With that share of the visitors on the next version. */
  static RunningShop withCanary(double share) throws IOException {
    return new RunningShop(share, new Stores.Wiring() {});
  }

  /** Ends the process and begins a new one on the same files: what was in memory is gone. */
  void restart() {
    settle();
    shop.close();
    stores.close();
    stores = Stores.open(folder, wiring);
    shop = new ShopApp(options, stores);
  }

  /** Brings the edge copy up to date, as happens each second in a shop that is served. */
  void pull() {
    shop.pull();
  }

  Stores stores() {
    return stores;
  }

  App app() {
    return shop.app();
  }

  DataMesh mesh() {
    return stores.mesh();
  }

  /** A browser that has not been here before. */
  Browser browser() {
    return new Browser(this::app);
  }

  /** A browser that has just opened an account of that name. */
  Browser customer(String name) {
    Browser browser = browser();
    browser.get("/login");
    browser.post("/register", "name=" + name + "&email=" + name + "%40shop.example&password=secret-" + name);
    return browser;
  }

  /** What is left of a product at the origin. */
  long stock(long product) {
    return stores.mesh()
        .session()
        .query("orders", Long.class, "SELECT available FROM stock WHERE product_id = :id", Map.of("id", product))
        .getFirst();
  }

  long count(String table) {
    return stores.mesh().session().query("orders", Long.class, "SELECT count(*) FROM " + table, Map.of()).getFirst();
  }

  /** The last measurement, as JSON. */
  String lastEvent() throws SQLException {
    try (Connection events = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("events.db"));
        Statement statement = events.createStatement();
        ResultSet rows = statement.executeQuery("SELECT body FROM events ORDER BY id DESC LIMIT 1")) {
      return rows.getString(1);
    }
  }

  /** Waits for what runs after responses. */
  void settle() {
    try {
      if (!app().drain(Duration.ofSeconds(10))) {
        throw new AssertionError("work after responses did not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    settle();
    shop.close();
    stores.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
