package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was planted in a browser before its owner logged in gives nobody a way into his session, and a session that is ended is ended everywhere. */
class AnOldSessionIsWorthlessAfterALoginTest {
  private static final String ADA = "email=ada%40shop.example&password=secret-ada";

  private static RunningShop shop;

  @BeforeAll
  static void open() throws Exception {
    shop = RunningShop.open();
    shop.customer("ada");
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @Test
  void aSessionThatWasPlanted() {
    Browser mallory = shop.customer("mallory");
    Browser ada = shop.browser().withCookie("session", mallory.cookie("session"));
    ada.post("/login", ADA);
    assertNotEquals(mallory.cookie("session"), ada.cookie("session"));
    assertTrue(ada.get("/").text().contains("Log out ada"));
    assertTrue(mallory.get("/").text().contains("Log out mallory"));
  }

  @Test
  void aVisitorThatWasPlanted() {
    Browser mallory = shop.browser();
    mallory.add(1, 1);
    Browser ada = shop.browser().withCookie("visitor", mallory.cookie("visitor"));
    ada.post("/login", ADA);
    assertNotEquals(mallory.cookie("visitor"), ada.cookie("visitor"));
    ada.add(7, 1);
    assertFalse(mallory.get("/api/cart").text().contains("\"7\""));
    ada.post("/logout", "");
    ada.add(8, 1);
    assertFalse(mallory.get("/api/cart").text().contains("\"8\""), "nor after she has left");
    Browser registered = shop.browser().withCookie("visitor", mallory.cookie("visitor"));
    registered.post("/register", "name=bob&email=bob%40shop.example&password=secret-bob");
    assertNotEquals(mallory.cookie("visitor"), registered.cookie("visitor"));
  }

  @Test
  void whoUsesTheBrowserNextFindsNothing() {
    Browser ada = shop.browser();
    ada.post("/login", ADA);
    String before = ada.cookie("visitor");
    ada.add(7, 1);
    ada.post("/logout", "");
    assertNotEquals(before, ada.cookie("visitor"));
    assertTrue(ada.get("/api/cart").text().contains("\"count\":0"));
    assertEquals("/login?next=/orders", ada.get("/orders").header("Location").orElseThrow());
  }

  @Test
  void allSessionsThatWereEnded() {
    Browser phone = shop.browser();
    Browser desk = shop.browser();
    phone.post("/login", ADA);
    desk.post("/login", ADA);
    String token = desk.cookie("session");
    Form everywhere = Form.of(phone.get("/orders"), "/logout/everywhere");
    assertEquals("/login", phone.post(everywhere.action(), "").header("Location").orElseThrow());
    assertEquals("/login?next=/orders", desk.get("/orders").header("Location").orElseThrow());
    assertEquals(401, shop.browser().with("Authorization", "Bearer " + token).get("/api/orders").status());
    shop.restart();
    assertEquals("/login?next=/orders", desk.get("/orders").header("Location").orElseThrow(), "also after a restart");
    desk.post("/login", ADA);
    assertEquals(200, desk.get("/orders").status());
  }
}
