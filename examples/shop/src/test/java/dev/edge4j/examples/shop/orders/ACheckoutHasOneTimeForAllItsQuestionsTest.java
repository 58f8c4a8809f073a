package dev.edge4j.examples.shop.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What one question to the origin has taken is not there for the next one. */
class ACheckoutHasOneTimeForAllItsQuestionsTest {
  private static final Duration LONGEST = Duration.ofMillis(200);

  @Test
  void nothingIsAskedOnceItIsOver() {
    Supplier<Origin> checkouts = Origin.within(LONGEST, 8);
    Origin checkout = checkouts.get();
    long end = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    StoreException late = assertThrows(StoreException.class, () -> checkout.ask(() -> {
      throw new AssertionError("asked");
    }));
    assertTrue(Origin.isAway(late));
    assertEquals("there", checkouts.get().ask(() -> "there"), "the next checkout has a time of its own");
  }
}
