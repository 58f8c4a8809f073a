package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.StoreException;
import dev.edge4j.examples.shop.accounts.Accounts;
import dev.edge4j.examples.shop.accounts.Passwords;
import org.junit.jupiter.api.Test;

/** The account of the keeper is made with its role or not at all, whatever comes between. */
class TheKeepersAccountIsWholeTest {
  private static final String PASSWORD = "0123456789abcdef0123456789abcdef";

  @Test
  void alsoWhenTheAnswerToItsFirstWriteIsLost() throws Exception {
    var wires = new CutWires();
    try (RunningShop shop = RunningShop.on(wires)) {
      shop.changeOrigin("DELETE FROM users WHERE email = 'keeper@shop.example'");
      var accounts = new Accounts(shop.mesh(), new Passwords(10_000), wires.clock());
      wires.origin.deaf = true;
      assertThrows(StoreException.class, () -> accounts.openKeeper(PASSWORD));
      wires.origin.deaf = false;
      accounts.openKeeper(PASSWORD);
      Browser keeper = shop.browser();
      assertEquals(303, keeper.post("/login", "email=keeper%40shop.example&password=" + PASSWORD).status());
      assertEquals(200, keeper.get("/admin").status());
    }
  }
}
