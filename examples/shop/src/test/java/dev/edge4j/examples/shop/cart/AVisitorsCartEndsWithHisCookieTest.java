package dev.edge4j.examples.shop.cart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.examples.shop.accounts.VisitorCookie;
import dev.edge4j.examples.shop.sale.Sales;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.testing.ObjectsHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visitor's cart that nobody has changed for as long as his cookie lasts is gone without a trace; an account's stays. */
class AVisitorsCartEndsWithHisCookieTest {
  private static final String VISITOR = "visitor:" + "0".repeat(32);
  private static final String ACCOUNT = "user:1";
  private static final Duration DAY = Duration.ofDays(1);

  private static Namespace<Cart> carts(DurableObjects objects) {
    var sales = new Sales(objects);
    return objects.namespace("cart", Cart.class, state -> new ShoppingCart(state, sales.namespace(),
        (_, _, _) -> new OrderDesk.Outcome.Away()));
  }

  @Test
  void notBefore(@TempDir Path folder) {
    try (var harness = ObjectsHarness.open(folder, AVisitorsCartEndsWithHisCookieTest::carts)) {
      Namespace<Cart> carts = harness.app();
      carts.get(ACCOUNT).add(3, 1, 10);
      carts.get(VISITOR).add(1, 1, 10);
      harness.advance(VisitorCookie.LIFETIME.minus(DAY));
      carts.get(VISITOR).add(2, 1, 10);
      harness.advance(VisitorCookie.LIFETIME.minus(DAY));
      assertEquals(Map.of(1L, 1, 2L, 1), carts.get(VISITOR).view().quantities(), "since the last change");
      harness.advance(DAY);
      assertEquals(List.of(ACCOUNT), carts.list("", 10));
      assertEquals(Map.of(), carts.get(VISITOR).view().quantities());
      assertEquals(Map.of(3L, 1), carts.get(ACCOUNT).view().quantities());
      assertEquals(Map.of(2L, 1), carts.get(VISITOR).add(2, 1, 10).quantities(), "and begins anew");
    }
  }
}
