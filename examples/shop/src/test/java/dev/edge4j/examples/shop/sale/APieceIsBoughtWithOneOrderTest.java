package dev.edge4j.examples.shop.sale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.state.testing.ObjectsHarness;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A piece comes back with the order that it was bought with, once, whatever else its buyer orders and takes back. */
class APieceIsBoughtWithOneOrderTest {
  private static final String ADA = "user:1";
  private static final Optional<Sale.Claim> BOUGHT = Optional.of(new Sale.Claim(1, Optional.empty()));

  @TempDir Path folder;

  @Test
  void anotherOrderLeavesItAndItsOwnGivesItBackOnce() {
    try (var harness = ObjectsHarness.open(folder, Sales::new)) {
      Sale sale = harness.app().today();
      sale.claim(ADA);
      sale.takenBack(ADA, 6);
      assertEquals(Sales.PIECES - 1, sale.view(ADA).left(), "it was not bought yet");
      sale.bought(ADA, 7);
      sale.bought(ADA, 8);
      sale.takenBack(ADA, 8);
      assertEquals(new Sale.View(Sales.PIECES - 1, BOUGHT), sale.view(ADA));
      sale.takenBack(ADA, 7);
      sale.takenBack(ADA, 7);
      assertEquals(new Sale.View(Sales.PIECES, Optional.empty()), sale.view(ADA));
      assertEquals(2, sale.claim(ADA).number());
      sale.takenBack(ADA, 7);
      assertEquals(Sales.PIECES - 1, sale.view(ADA).left(), "what is kept for him now has to do with no order");
    }
  }
}
