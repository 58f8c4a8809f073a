package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.Key;
import dev.edge4j.examples.shop.cart.PricedCart;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.chain.Answer;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a page has to do without, or shows out of date: one for each request. Visitors read it on the page, programs in
 * {@code X-Degraded: cart, account}.
 */
final class Degraded {
  private static final Key<Degraded> KEY = Key.named("what a page has to do without");

  private final List<String> parts = new CopyOnWriteArrayList<>();
  private final List<String> sentences = new CopyOnWriteArrayList<>();

  static Degraded of(Context c) {
    return c.get(KEY).orElseGet(() -> {
      var none = new Degraded();
      c.set(KEY, none);
      return none;
    });
  }

  /** Tells that a part is missing or out of date, once however often it is told. */
  void tell(String part, String sentence) {
    if (!parts.contains(part)) {
      parts.add(part);
      sentences.add(sentence);
    }
  }

  /** Tells if the answer is out of date, and returns it. */
  <V> Answer<V> told(Answer<V> answer) {
    outOfDate(answer.isOutOfDate());
    return answer;
  }

  /** Tells if one of its prices is out of date, and returns it. */
  PricedCart told(PricedCart cart) {
    outOfDate(cart.outOfDate());
    return cart;
  }

  private void outOfDate(boolean is) {
    if (is) {
      tell(Catalogue.CLASS,
          "Prices and stock on this page may be out of date. What counts is what they are when you order.");
    }
  }

  /** For the visitor; empty if all is well. */
  Optional<String> notice() {
    return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
  }

  Response on(Response response) {
    return parts.isEmpty() ? response : response.withHeader(ServedFrom.DEGRADED, String.join(", ", parts));
  }
}
