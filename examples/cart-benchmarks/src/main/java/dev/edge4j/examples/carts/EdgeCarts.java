package dev.edge4j.examples.carts;

import dev.edge4j.json.TypeRef;
import dev.edge4j.state.DurableObject;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.DurableObjectsOptions;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Carts that are durable objects, called through their stubs. */
final class EdgeCarts implements Carts {
  /** What a stub offers. */
  interface Cart {
    Map<String, Integer> add(String product, int quantity);
  }

  /** A cart in memory and on disk. */
  static final class StoredCart extends DurableObject implements Cart {
    private static final String LINES = "lines";
    private final Map<String, Integer> lines;

    StoredCart(ObjectState state) {
      super(state);
      lines = new HashMap<>(storage().get(LINES, new TypeRef<Map<String, Integer>>() {}).orElse(Map.of()));
    }

    @Override
    public Map<String, Integer> add(String product, int quantity) {
      lines.merge(product, quantity, Integer::sum);
      storage().put(LINES, lines);
      return lines;
    }
  }

  private final DurableObjects objects;
  private final List<Cart> stubs;

  private EdgeCarts(DurableObjects objects, List<Cart> stubs) {
    this.objects = objects;
    this.stubs = stubs;
  }

  static EdgeCarts open(Path folder, int files) {
    DurableObjects objects = DurableObjects.embedded(folder, DurableObjectsOptions.defaults().withShards(files));
    Namespace<Cart> carts = objects.namespace("cart", Cart.class, StoredCart::new);
    return new EdgeCarts(objects, IntStream.range(0, CARTS).mapToObj(i -> carts.get("cart-" + i)).toList());
  }

  @Override
  public Map<String, Integer> add(int cart, String product, int quantity) {
    return stubs.get(cart).add(product, quantity);
  }

  @Override
  public void close() {
    objects.close();
  }
}
