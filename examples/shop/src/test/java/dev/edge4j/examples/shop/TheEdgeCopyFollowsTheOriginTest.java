package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.StockFeed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes at the origin comes to the edge copy, which knows how far behind it is, also when it is opened again. */
class TheEdgeCopyFollowsTheOriginTest {
  private final CutWires wires = new CutWires();
  private RunningShop shop;

  @BeforeEach
  void open() throws Exception {
    shop = RunningShop.on(wires);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  @Test
  void whileItIsFollowed() throws Exception {
    Catalogue catalogue = new Catalogue(shop.mesh(), shop.mesh().kv(Stores.CACHE), wires.clock(), wires
        .patience());
    var feed = new StockFeed(shop.mesh(), shop.stores().copy(), catalogue, wires.clock());
    try (AutoCloseable _ = feed.follow(Duration.ofMillis(5))) {
      reprice(990);
      until(() -> price() == 990);
      wires.origin.cut = true;
      wires.advance(Duration.ofMinutes(5));
      assertEquals(Duration.ofMinutes(5), shop.stores().copy().lag(), "it cannot know what it has missed");
      wires.origin.cut = false;
      reprice(1_490);
      until(() -> price() == 1_490 && shop.stores().copy().lag().isZero());
    }
  }

  @Test
  void whenItIsOpenedAgainItKnowsItsAge() {
    wires.advance(Duration.ofMinutes(2));
    shop.pull();
    wires.advance(Duration.ofHours(1));
    shop.restart();
    Duration lag = shop.stores().copy().lag();
    assertTrue(lag.compareTo(Duration.ofHours(1)) >= 0 && lag.compareTo(Duration.ofMinutes(62)) <= 0, lag::toString);
  }

  @Test
  void itKnowsItsAgeThoughSomethingWasSoldEachSecond() {
    for (int i = 0; i < 3; i++) {
      wires.advance(Duration.ofMinutes(2));
      reprice(990 + i);
      shop.pull();
    }
    shop.restart();
    Duration lag = shop.stores().copy().lag();
    assertTrue(lag.compareTo(Duration.ofMinutes(1)) <= 0, lag::toString);
  }

  @Test
  void aDefectDoesNotEndIt() throws Exception {
    Catalogue catalogue = new Catalogue(shop.mesh(), shop.mesh().kv(Stores.CACHE), wires.clock(), wires
        .patience());
    var feed = new StockFeed(shop.mesh(), shop.stores().copy(), catalogue, wires.clock());
    reprice(990);
    wires.origin.odd = true;
    try (AutoCloseable _ = feed.follow(Duration.ofMillis(1))) {
      until(() -> wires.origin.refused() > 0);
      wires.origin.odd = false;
      until(() -> price() == 990);
    }
  }

  @Test
  void whatWasStoppedBetweenTheRowsAndTheCacheIsMadeUpFor() {
    assertEquals(200, shop.app().request("/products/7").status());
    reprice(990);
    wires.replica.deaf = true;
    assertThrows(StoreException.class, shop::pull);
    wires.replica.deaf = false;
    shop.restart();
    shop.pull();
    String page = Browser.whole(shop.app().request("/products/7")).text();
    assertTrue(page.contains("9.90"), page);
  }

  private long price() {
    return shop.stores().copy().queryOne(Long.class, "SELECT price_cents FROM products WHERE id = 7").orElseThrow();
  }

  private void reprice(long cents) {
    assertEquals(1, shop.mesh()
        .session()
        .update("orders", "UPDATE goods SET price_cents = :cents WHERE id = 7", Map.of("cents", cents)));
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "the condition did not come true");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
