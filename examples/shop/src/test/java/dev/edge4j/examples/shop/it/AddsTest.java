package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.examples.shop.it.Adds.Add;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reckoning of carts notices what it is there to notice. */
class AddsTest {
  private final Adds adds = new Adds();
  private final Add first = adds.next();
  private final Add second = adds.next();

  AddsTest() {
    adds.acknowledged(first);
    adds.unanswered(second);
  }

  @Test
  void an_unanswered_add_may_be_there_or_not() {
    adds.check(_ -> Map.of(first.product(), 1));
    adds.check(_ -> Map.of(first.product(), 1, second.product(), 1));
  }

  @Test
  void a_lost_acknowledged_add_is_noticed() {
    assertThrows(AssertionError.class, () -> adds.check(_ -> Map.of(second.product(), 1)));
  }

  @Test
  void an_add_that_took_place_twice_is_noticed() {
    assertThrows(AssertionError.class, () -> adds.check(_ -> Map.of(first.product(), 2)));
    assertThrows(AssertionError.class, () -> adds.check(_ -> Map.of(first.product(), 1, second.product(), 2)));
  }

  @Test
  void what_nobody_added_is_noticed() {
    assertThrows(AssertionError.class, () -> adds.check(_ -> Map.of(first.product(), 1, second.product() + 1, 1)));
  }
}
