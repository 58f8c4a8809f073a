package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.examples.shop.accounts.Account;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.cart.OrderDesk;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.sale.Sales;
import dev.edge4j.examples.shop.catalogue.Seeder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A login that was stopped between two carts is made good by the next one. */
class AStoppedLoginLosesNothingTest {
  private static final Shopper VISITOR = new Shopper("0".repeat(32), false, Optional.empty());
  private static final Shopper ADA = new Shopper(VISITOR.visitor(), false, Optional.of(new Account(1, "a@b", "Ada",
      false)));

  @TempDir Path folder;

  @Test
  void andNeitherDoesWhatCameInSince() {
    try (Stores stores = Stores.open(folder)) {
      new Seeder(stores.mesh(), stores.copy()).seed(10, _ -> {
        // Nobody watches.
      });
      var carts = new Carts(stores.objects(), new Catalogue(stores.mesh(), stores.mesh().kv(Stores.CACHE), stores
          .clock(), stores.patience()), new Sales(stores.objects()), (_, _, _) -> new OrderDesk.Outcome.Away());
      carts.add(VISITOR, 1, 2);
      var _ = carts.of(VISITOR).handOver(); // and then the process was killed
      carts.add(VISITOR, 2, 1);
      carts.merge(VISITOR.visitor(), 1);
      assertEquals(Map.of(1L, 2, 2L, 1), carts.view(ADA).quantities());
      carts.merge(VISITOR.visitor(), 1);
      assertEquals(Map.of(1L, 2, 2L, 1), carts.view(ADA).quantities());
      assertEquals(Map.of(), carts.view(VISITOR).quantities());
    }
  }
}
