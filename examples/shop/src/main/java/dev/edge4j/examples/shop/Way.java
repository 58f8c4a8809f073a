package dev.edge4j.examples.shop;

import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.world.Link;
import java.util.function.Supplier;

/** Asks another region over a link: the question waits for as long as it takes there, the answer for as long as it takes back. */
record Way(Link link) implements Carts.Way {
  @Override
  public <T> T ask(Supplier<T> question) {
    try {
      var _ = link.cross();
      T answer = question.get();
      var _ = link.cross();
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted on the way to another region", e);
    }
  }
}
