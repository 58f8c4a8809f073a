package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Route;
import dev.edge4j.data.DataMesh;
import dev.edge4j.env.Env;
import dev.edge4j.examples.shop.ops.Monitor;
import dev.edge4j.http.Response;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A shop of a few products on stores in a temporary folder, and what its tests ask of it. */
final class RunningShop implements AutoCloseable {
  static final int PRODUCTS = 200;
  /** Enough for a machine that is busy with other tests. */
  static final int PATIENCE = 20;
  private static final int ROUNDS = 1_000;

  private final Path folder;
  private final ShopOptions options;
  private final Stores.Wiring wiring;
  private Stores stores;
  private ShopApp shop;

  /** To stores as they are. */
  private static final class Plain implements Stores.Wiring {
    @Override
    public int patience() {
      return PATIENCE;
    }
  }

  private RunningShop(Stores.Wiring wiring, String... chosen) throws IOException {
    this.folder = Files.createTempDirectory("shop-test");
    this.options = options(folder, chosen);
    this.wiring = wiring;
    this.stores = Stores.open(folder, wiring);
    this.shop = new ShopApp(options, stores);
    shop.prepare(_ -> {
      // Nobody watches.
    });
  }

  /** Few products and passwords cheaper than may be chosen, no canary, and practically no limits, where nothing else is chosen. */
  static ShopOptions options(Path data, String... chosen) {
    Stream<String> usual = Stream.of("--data=" + data, "--products=" + PRODUCTS, "--canary=0", "--rate=1000000",
        "--patience=" + PATIENCE)
        .filter(each -> Stream.of(chosen)
            .noneMatch(other -> other.startsWith(each.substring(0, each.indexOf('=') + 1))));
    ShopOptions o = ShopOptions.of(Env.of(Stream.concat(usual, Stream.of(chosen)).toArray(String[]::new)));
    return new ShopOptions(o.host(), o.port(), o.region(), o.data(), o.mesh(), o.products(), o.rate(), o.canary(), o
        .tls(), o.dashboard(), o.world(), ROUNDS, o.patience(), o.secret(), o.site(), o.proxies());
  }

  static RunningShop open() throws IOException {
    return with();
  }

  /** With these options on its command line. */
  static RunningShop with(String... chosen) throws IOException {
    return new RunningShop(new Plain(), chosen);
  }

  /** With these wires to its stores. */
  static RunningShop on(Stores.Wiring wiring) throws IOException {
    return new RunningShop(wiring);
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

  /** All that it answers to. */
  List<Route> routes() {
    return Stream.concat(shop.routes().stream(), shop.app().routes().stream())
        .filter(route -> !route.method().equals("*"))
        .toList();
  }

  /** A browser in which the keeper of the shop has logged in. */
  Browser keeper() throws IOException {
    Browser browser = browser();
    String password = Files.readString(folder.resolve("keeper.password")).strip();
    assertEquals(303, browser.post("/login", "email=keeper%40shop.example&password=" + password).status());
    return browser;
  }

  /** What is measured of it. */
  Monitor monitor() {
    return shop.monitor();
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
    Response registered = browser.post("/register", "name=" + name + "&email=" + name
        + "%40shop.example&password=secret-" + name);
    assertEquals(303, registered.status(), registered::text);
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

  /** Changes a row of the origin, as others do while this shop cannot reach it. */
  void changeOrigin(String sql) throws SQLException {
    change("origin.db", sql);
  }

  /** Changes rows of a file of the shop behind its back. */
  void change(String file, String sql) throws SQLException {
    try (Connection origin = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
        Statement statement = origin.createStatement()) {
      assertTrue(statement.executeUpdate(sql) > 0);
    }
  }

  /** The last measurement, as JSON. */
  String lastEvent() throws SQLException {
    return event("DESC");
  }

  /** The first measurement that is kept, as JSON. */
  String firstEvent() throws SQLException {
    return event("ASC");
  }

  private String event(String order) throws SQLException {
    try (Connection events = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("events.db"));
        Statement statement = events.createStatement();
        ResultSet rows = statement.executeQuery("SELECT body FROM events ORDER BY id " + order + " LIMIT 1")) {
      return rows.getString(1);
    }
  }

  /** Waits until style sheets and scripts are compressed; false if they are not. */
  boolean compressed() throws InterruptedException {
    return shop.awaitCompressed(Duration.ofSeconds(10));
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
