package dev.edge4j.examples.shop.cart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.Conflict;
import dev.edge4j.examples.shop.sale.Sales;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.testing.ObjectsHarness;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cart loses nothing that it was given: what comes from another cart, or back from an order, is in it however full it is. */
class NothingLeavesACartByItselfTest {
  private static final String ACCOUNT = "user:1";

  @TempDir Path folder;
  private ObjectsHarness<Namespace<Cart>> harness;
  private Cart cart;

  @BeforeEach
  void open() {
    harness = ObjectsHarness.open(folder, NothingLeavesACartByItselfTest::carts);
    cart = harness.app().get(ACCOUNT);
  }

  @AfterEach
  void close() {
    harness.close();
  }

  private static Namespace<Cart> carts(DurableObjects objects) {
    var sales = new Sales(objects);
    return objects.namespace("cart", Cart.class, state -> new ShoppingCart(state, sales.namespace(),
        (_, _, _) -> new OrderDesk.Outcome.Refused("sold out")));
  }

  @Test
  void whatAnotherCartHandsOver() {
    cart.receive(new Parcel("first", products(1, 30), Optional.empty()));
    Lines lines = cart.receive(new Parcel("second", products(101, 30), Optional.empty()));
    assertEquals(60, lines.quantities().size());
    assertThrows(Conflict.class, () -> cart.add(1_000, 1, 10), "the shopper himself puts no more into it");
    assertEquals(2, cart.add(1, 1, 10).quantities().get(1L), "of what is in he may take more");
  }

  @Test
  void whatComesBackFromAnOrder() {
    var wish = new Wish("key", "fingerprint", Optional.empty(), Optional.empty());
    String ticket = cart.keep(wish, Lines.of(Map.of(1_000L, 2))).ticket();
    harness.runDue();
    products(1, Lines.MAX).forEach((id, quantity) -> cart.add(id, quantity, 10));
    cart.putBack(ticket);
    assertEquals(Lines.MAX + 1, cart.view().quantities().size());
    assertEquals(2, cart.view().quantities().get(1_000L));
  }

  private static Map<Long, Integer> products(long first, int count) {
    return LongStream.range(first, first + count).boxed().collect(Collectors.toMap(Function.identity(), _ -> 1));
  }
}
