package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.CatalogueGenerator;
import dev.edge4j.examples.shop.catalogue.StockFeed;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that does not answer at all costs a visitor a bounded time, whatever is asked of the shop. */
@Timeout(60)
class NobodyWaitsForEverTest {
  /** The catalogue's steps take two seconds each; the rest is for a machine that is busy with other tests. */
  private static final Duration SHORT = Duration.ofSeconds(20);
  /** What has no other step is waited for for four seconds, and a page of an error for the visitor's name once more. */
  private static final Duration LONG = Duration.ofSeconds(30);
  /** Long enough for a step that answers, and short enough to be waited for. */
  private static final int PATIENCE = 4;

  private final CutWires wires = new CutWires();
  private RunningShop shop;

  @BeforeEach
  void open() throws Exception {
    wires.patience = PATIENCE;
    shop = RunningShop.on(wires);
  }

  @AfterEach
  void close() throws Exception {
    wires.origin.release();
    wires.replica.release();
    shop.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/products/7", "/products/7", "/api/products", "/"})
  void theOriginAnswersForAnEdgeCopyThatHangs(String target) {
    wires.replica.hold();
    Response response = within(SHORT, () -> Browser.whole(shop.app().request(target)));
    assertEquals("origin", response.header("X-Served-From").orElseThrow());
    assertEquals(200, response.status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/products/7", "/products/7"})
  void theStaticPageIsTheEndWhenBothHang(String target) {
    wires.replica.hold();
    wires.origin.hold();
    Response response = within(SHORT, () -> Browser.whole(shop.app().request(target)));
    assertEquals("static", response.header("X-Served-From").orElseThrow());
    assertEquals(503, response.status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cart", "/api/cart"})
  void aCartOfManyLinesWaitsForThemTogether(String target) {
    Browser visitor = shop.browser();
    visitor.get("/");
    CatalogueGenerator.products(100)
        .filter(product -> product.stock() > 0)
        .limit(40)
        .forEach(product -> assertEquals(200, visitor.add(product.id(), 1).status()));
    wires.kv.cut = true;
    shop.restart();
    wires.advance(Duration.ofHours(3));
    wires.origin.hold();
    Response cart = within(SHORT, () -> visitor.get(target));
    assertEquals(200, cart.status());
    assertTrue(cart.text().contains("40"), cart.text());
  }

  @Test
  void anOrderThatIsLateIsOneOrderAllTheSame() throws Exception {
    Browser ada = shop.customer("ada");
    var _ = ada.add(7, 2);
    long stock = shop.stock(7);
    wires.origin.hold();
    try (ExecutorService visits = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> all = List.of(visits.submit(() -> ada.order("key-1", "{}")), visits.submit(() -> ada.get(
          "/orders")), visits.submit(() -> shop.browser().post("/login", "email=a%40b.example&password=secret-b")));
      for (Future<Response> each : all) {
        Response response = within(LONG, () -> got(each));
        assertEquals(503, response.status());
        assertEquals("30", response.header("Retry-After").orElseThrow());
      }
    }
    wires.origin.release();
    Response order = ada.order("key-1", "{}");
    assertEquals(201, order.status(), order.text());
    shop.settle();
    assertEquals(1, shop.count("orders"));
    assertEquals(stock - 2, shop.stock(7));
    assertTrue(ada.get("/api/cart").text().contains("\"count\":0"));
  }

  @Test
  void whoStopsTheFeed() {
    var catalogue = new Catalogue(shop.mesh(), shop.mesh().kv(Stores.CACHE), wires.clock(), wires
        .patience());
    AutoCloseable feed = new StockFeed(shop.mesh(), shop.stores().copy(), catalogue, wires.clock()).follow(Duration
        .ofMillis(1));
    wires.origin.hold();
    while (wires.origin.waiting() == 0) {
      LockSupport.parkNanos(1_000_000);
    }
    within(LONG, () -> {
      try {
        feed.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      return "closed";
    });
  }

  private static <T> T within(Duration bound, Supplier<T> call) {
    return assertTimeoutPreemptively(bound, call::get);
  }

  private static Response got(Future<Response> answer) {
    try {
      return answer.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
