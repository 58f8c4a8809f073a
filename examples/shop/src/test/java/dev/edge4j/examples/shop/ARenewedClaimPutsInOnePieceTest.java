package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.examples.shop.accounts.Account;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.cart.Claims;
import dev.edge4j.examples.shop.cart.OrderDesk;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.Seeder;
import dev.edge4j.examples.shop.sale.Sale;
import dev.edge4j.examples.shop.sale.Sales;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.testing.ObjectsHarness;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A claim that has run out is made anew, and the cart that has kept its piece meanwhile gets no second one. */
class ARenewedClaimPutsInOnePieceTest {
  private static final Shopper ADA = new Shopper("0".repeat(32), false, Optional.of(new Account(1, "a@b", "Ada",
      false)));

  /** The objects of a shop that have to do with it. */
  private record Desk(Carts carts, Claims claims) {
    static Desk of(DurableObjects objects, Catalogue catalogue) {
      var sales = new Sales(objects);
      var carts = new Carts(objects, catalogue, sales, (_, _, _) -> new OrderDesk.Outcome.Away());
      return new Desk(carts, new Claims(sales, carts));
    }
  }

  @TempDir Path folder;

  @Test
  void howeverOftenItRunsOut() {
    try (Stores stores = Stores.open(folder.resolve("stores"));
        var catalogue = new Catalogue(stores.mesh(), stores.mesh().kv(Stores.CACHE), stores.clock(), stores.patience());
        var harness = ObjectsHarness.open(folder.resolve("objects"), objects -> Desk.of(objects, catalogue))) {
      new Seeder(stores.mesh(), stores.copy()).seed(10, _ -> {
        // Nobody watches.
      });
      Claims claims = harness.app().claims();
      for (int i = 1; i <= 3; i++) {
        claims.claim(ADA);
        Sale.View view = claims.view(ADA);
        assertEquals(Optional.of(i), view.mine().map(Sale.Claim::number));
        assertEquals(Optional.of(Claims.Place.IN_CART), claims.place(ADA, view));
        assertEquals(Map.of(Sales.PRODUCT, 1), harness.app().carts().view(ADA).quantities());
        harness.advance(Sales.HELD);
        assertEquals(Optional.empty(), claims.view(ADA).mine(), "it has run out");
        assertEquals(Sales.PIECES, claims.view(ADA).left());
      }
    }
  }
}
