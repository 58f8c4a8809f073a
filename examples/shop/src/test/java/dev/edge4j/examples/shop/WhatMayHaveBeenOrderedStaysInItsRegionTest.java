package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.examples.shop.accounts.Account;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Cart;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.cart.OrderDesk;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.Seeder;
import dev.edge4j.examples.shop.sale.Sales;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was tried, and has got no answer, may have become an order: in the cart of another region it would be ordered once more. */
class WhatMayHaveBeenOrderedStaysInItsRegionTest {
  private static final Shopper ADA = new Shopper("0".repeat(32), false, Optional.of(new Account(1, "a@b", "Ada",
      false)));

  @TempDir Path folder;

  @Test
  void untilItIsKnown() {
    try (Stores stores = Stores.open(folder)) {
      new Seeder(stores.mesh(), stores.copy()).seed(10, _ -> {
        // Nobody watches.
      });
      var carts = new Carts(stores.objects(), new Catalogue(stores.mesh(), stores.mesh().kv(Stores.CACHE), stores
          .clock(), stores.patience()), new Sales(stores.objects()), (_, _, _) -> new OrderDesk.Outcome.Away());
      String stamp = carts.add(ADA, 1, 2).stamp();
      Cart cart = carts.of(ADA);
      assertEquals(Map.of(1L, 2), cart.attempt("k", stamp).quantities());
      carts.add(ADA, 2, 1);
      String parcel = cart.handOver().id();
      assertEquals(Map.of(2L, 1), cart.handOver().quantities());
      cart.handedOver(parcel);
      assertEquals(Map.of(), cart.handOver().quantities());
      assertEquals(Map.of(1L, 2), cart.view().quantities());
      cart.giveUp("k");
      assertEquals(Map.of(1L, 2), cart.handOver().quantities());
    }
  }
}
