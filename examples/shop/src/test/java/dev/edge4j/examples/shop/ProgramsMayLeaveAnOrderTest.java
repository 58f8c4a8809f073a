package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program that says {@code Prefer: respond-async} has its order accepted while the origin is away: 202, where to look, and one order in the end. */
class ProgramsMayLeaveAnOrderTest {
  private static final String LINES = "{\"lines\":[{\"productId\":7,\"quantity\":2}]}";
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

  private final CutWires wires = new CutWires();
  private RunningShop shop;
  private Outage outage;
  private Browser program;

  @BeforeEach
  void open() throws Exception {
    shop = RunningShop.on(wires);
    outage = new Outage(shop, wires);
    program = program("ada").with("Prefer", "respond-async");
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  @Test
  void itIsAcceptedAndBecomesOneOrder() {
    long stock = shop.stock(7);
    outage.begin();
    Response accepted = program.order("k-1", LINES);
    assertEquals(202, accepted.status(), accepted::text);
    assertEquals("respond-async", accepted.header("Preference-Applied").orElseThrow());
    String place = accepted.header("Location").orElseThrow();
    assertTrue(program.get(place).text().contains("\"status\":\"accepted\""));
    assertSame(place, program.order("k-1", LINES));
    assertEquals(422, program.order("k-1", "{}").status(), "one key belongs to one body");

    outage.end();
    outage.await(() -> program.get(place).text().contains("\"status\":\"confirmed\""));
    Response after = program.order("k-1", LINES);
    assertSame(place, after);
    assertTrue(after.text().contains("\"orderId\":1"), after::text);
    assertEquals(1, shop.count("orders"));
    assertEquals(stock - 2, shop.stock(7));
    assertTrue(program.get("/api/orders").text().contains("\"id\":1,"));
  }

  @Test
  void theCartTooAndWhatComesInAfterwardsStays() {
    program.add(8, 1);
    outage.begin();
    String place = program.order("k-1", "{}").header("Location").orElseThrow();
    program.add(9, 1);
    assertSame(place, program.order("k-1", "{}"));
    outage.end();
    outage.await(() -> program.get(place).text().contains("\"status\":\"confirmed\""));
    assertTrue(program.get("/api/cart").text().contains("\"cart\":{\"9\":1}"));
    assertEquals(1, shop.count("orders"));
  }

  /** The key's order is known at the origin alone, which cannot be asked. */
  @Test
  void aKeyThatHasMadeAnOrderBeforeTakesNothingOutOfTheCart() {
    program.add(8, 1);
    assertEquals(201, program.order("k-1", "{}").status());
    program.add(9, 1);
    outage.begin();
    String place = program.order("k-1", "{}").header("Location").orElseThrow();
    outage.end();
    outage.await(() -> program.get(place).text().contains("\"status\":\"refused\""));
    assertEquals(1, shop.count("orders"));
    String ticket = place.substring("/api".length());
    assertEquals(303, program.post(ticket + "/back", "").status());
    assertTrue(program.get("/api/cart").text().contains("\"cart\":{\"9\":1}"));
  }

  @Test
  void whileTheOriginIsThereNothingIsDifferent() {
    Response placed = program.order("k-1", LINES);
    assertEquals(201, placed.status());
    assertEquals("/orders/1", placed.header("Location").orElseThrow());
    assertEquals("true", program.order("k-1", LINES).header("Idempotency-Replayed").orElseThrow());
    assertEquals(409, program.order("k-2", "{\"lines\":[{\"productId\":7,\"quantity\":99}]}").status());
    assertEquals(404, program.order("k-3", "{\"lines\":[{\"productId\":9999,\"quantity\":1}]}").status());
  }

  @Test
  void whatCannotBeFulfilledSaysWhy() {
    outage.begin();
    String place = program.order("k-1", "{\"lines\":[{\"productId\":7,\"quantity\":99}]}")
        .header("Location")
        .orElseThrow();
    outage.end();
    outage.await(() -> program.get(place).text().contains("\"status\":\"refused\""));
    assertTrue(program.get(place).text().contains("\"reason\":\""), program.get(place)::text);
    assertEquals(0, shop.count("orders"));
  }

  @Test
  void whatWasRefusedAndPutBackLeavesTheCartWhenTheSameKeyOrdersIt() throws Exception {
    program.add(8, 2);
    outage.begin();
    String place = program.order("k-1", "{}").header("Location").orElseThrow();
    shop.changeOrigin("UPDATE stock SET available = 0 WHERE product_id = 8");
    outage.end();
    outage.await(() -> program.get(place).text().contains("\"status\":\"refused\""));
    assertEquals(303, program.post(place.substring("/api".length()) + "/back", "").status());
    shop.changeOrigin("UPDATE stock SET available = 5 WHERE product_id = 8");
    assertEquals(201, program.with("Prefer", "wait=4").order("k-1", "{}").status());
    assertTrue(program.get("/api/cart").text().contains("\"count\":0"));
  }

  @Test
  void itIsItsOwnersAlone() {
    Browser eve = program("eve");
    outage.begin();
    String place = program.order("k-1", LINES).header("Location").orElseThrow();
    assertEquals(404, eve.get(place).status());
    assertEquals(401, shop.browser().get(place).status());
    assertEquals(401, shop.browser().with("Prefer", "respond-async").order("k-2", LINES).status());
    assertEquals(503, eve.order("k-1", LINES).status(), "who does not say so waits himself");
  }

  /** One that has opened an account by the API, and keeps its token and no cookie that proves anything. */
  private Browser program(String name) {
    Browser one = shop.browser();
    Matcher token = TOKEN.matcher(one.postJson("/api/register", "{\"name\":\"" + name + "\",\"email\":\"" + name
        + "@shop.example\",\"password\":\"secret-" + name + "\"}").text());
    assertTrue(token.find());
    return one.with("Authorization", "Bearer " + token.group(1));
  }

  private static void assertSame(String place, Response again) {
    assertEquals(202, again.status(), again::text);
    assertEquals(place, again.header("Location").orElseThrow());
  }
}
