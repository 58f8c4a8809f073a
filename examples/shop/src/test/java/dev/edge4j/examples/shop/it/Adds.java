package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was added to carts, and what came of it. Each add is one piece of a product that its cart gets no second time, so that what
 * is in a cart tells how often that add took place. Safe for use by many threads.
 */
final class Adds {
  /** A cart takes 50 products, and every fortieth is sold out. */
  private static final int PRODUCTS_IN_A_CART = 39;

  private final ConcurrentMap<Add, Outcome> outcomes = new ConcurrentHashMap<>();
  private String visitor = "";
  private int product = PRODUCTS_IN_A_CART;

  record Add(String visitor, long product) {}

  private enum Outcome {
    ACKNOWLEDGED, UNANSWERED
  }

  /** An add that nobody else has got. */
  synchronized Add next() {
    if (product == PRODUCTS_IN_A_CART) {
      visitor = UUID.randomUUID().toString().replace("-", "");
      product = 0;
    }
    product++;
    return new Add(visitor, product);
  }

  /** The shop has said that it is done. */
  void acknowledged(Add add) {
    outcomes.put(add, Outcome.ACKNOWLEDGED);
  }

  /** No answer came: it may be done or not. */
  void unanswered(Add add) {
    outcomes.put(add, Outcome.UNANSWERED);
  }

  long acknowledged() {
    return outcomes.values().stream().filter(Outcome.ACKNOWLEDGED::equals).count();
  }

  long unanswered() {
    return outcomes.values().stream().filter(Outcome.UNANSWERED::equals).count();
  }

  /** Fails unless every cart holds each acknowledged add once, and each unanswered one at most once, and nothing else. */
  void check(Function<String, Map<Long, Integer>> carts) {
    Set<String> visitors = outcomes.keySet().stream().map(Add::visitor).collect(Collectors.toSet());
    List<String> wrong = new ArrayList<>();
    for (String each : visitors) {
      Map<Long, Integer> cart = carts.apply(each);
      cart.forEach((id, quantity) -> {
        if (quantity != 1 || !outcomes.containsKey(new Add(each, id))) {
          wrong.add(quantity + " of product " + id + " in cart " + each);
        }
      });
      outcomes.forEach((add, outcome) -> {
        if (add.visitor().equals(each) && outcome == Outcome.ACKNOWLEDGED && !cart.containsKey(add.product())) {
          wrong.add("acknowledged and lost: " + add);
        }
      });
    }
    assertEquals(List.of(), wrong);
  }
}
