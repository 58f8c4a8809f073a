package dev.edge4j.state.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.json.TypeRef;
import dev.edge4j.state.DurableObject;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectState;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/state.md. */
class StateGuideTest {
  // tag::interface[]
  public interface Cart {
    Map<Long, Integer> add(long product, int quantity);

    Map<Long, Integer> lines();

    void clear();
  }
  // end::interface[]

  // tag::object[]
  static final class ShoppingCart extends DurableObject implements Cart {
    private static final TypeRef<Map<Long, Integer>> LINES = new TypeRef<>() {};

    private final Map<Long, Integer> lines;

    ShoppingCart(ObjectState state) {
      super(state);
      lines = new TreeMap<>(storage().get("lines", LINES).orElse(Map.of()));
    }

    @Override
    public Map<Long, Integer> add(long product, int quantity) {
      if (quantity < 1) {
        throw new IllegalArgumentException("quantity: " + quantity + " (expected: at least 1)");
      }
      lines.merge(product, quantity, Integer::sum);
      storage().put("lines", lines);
      return lines; // reaches the caller once the put is on disk
    }

    @Override
    public Map<Long, Integer> lines() {
      return lines;
    }

    @Override
    public void clear() {
      lines.clear();
      storage().delete("lines");
    }
  }
  // end::object[]

  @TempDir private Path folder;

  @Test
  void aCartIsThereAfterARestart() {
    // tag::use[]
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      Namespace<Cart> carts = objects.namespace("cart", Cart.class, ShoppingCart::new);
      Cart cart = carts.get("user:42"); // a stub: each call is one turn
      cart.add(7, 1);
      assertEquals(Map.of(7L, 3), cart.add(7, 2));
    }
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      Namespace<Cart> carts = objects.namespace("cart", Cart.class, ShoppingCart::new);
      assertEquals(Map.of(7L, 3), carts.get("user:42").lines());
    }
    // end::use[]
  }

  @Test
  void aTurnThatThrowsLeavesNoTrace() {
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      Cart cart = objects.namespace("cart", Cart.class, ShoppingCart::new).get("user:42");
      cart.add(7, 1);
      // tag::throws[]
      assertThrows(IllegalArgumentException.class, () -> cart.add(7, 0));
      assertEquals(Map.of(7L, 1), cart.lines());
      // end::throws[]
      cart.clear();
      assertEquals(Map.of(), cart.lines());
    }
  }
}
