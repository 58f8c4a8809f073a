package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.chaos.Chaos;
import dev.edge4j.examples.shop.goods.Good;
import dev.edge4j.examples.shop.goods.GoodChange;
import dev.edge4j.examples.shop.goods.Goods;
import dev.edge4j.examples.shop.world.Link;
import dev.edge4j.examples.shop.world.Town;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.testing.TestClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three edges and an origin: what an edge has it answers by itself, what it has not it asks the origin for, over a link whose waits are counted here and not
 * waited.
 */
@Timeout(120)
class AWorldOfRegionsTest {
  private static World world;
  private static Path data;

  @BeforeAll
  static void open(@TempDir Path folder) {
    data = folder;
    world = World.open(RunningShop.options(folder, "--products=100"), _ -> {
      // The waits are counted by the links.
    }, _ -> {
      // Nobody watches.
    });
    world.serveOrigin();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @AfterEach
  void giveTheOriginBack() {
    for (Region region : world.regions()) {
      region.stores().chaos().restore(Chaos.Layer.ORIGIN);
      settle(region);
    }
  }

  /** Waits for what goes on behind answers, and asks the origin. */
  private static void settle(Region region) {
    try {
      assertTrue(region.shop().app().drain(Duration.ofSeconds(30)));
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Test
  void otherRegionsAreAtTheHostThatTheVisitorKnows() {
    String page = browser(Town.TOKYO).with("Host", "shop.local:8081").get("/").text();
    assertTrue(page.contains("href=\"http://shop.local:" + port(Town.VIRGINIA) + "/\""), page);
    assertTrue(browser(Town.TOKYO).get("/").text().contains("href=\"http://127.0.0.1:" + port(Town.VIRGINIA) + "/\""));
  }

  @Test
  void whereHeWasIsKnownAsLongAsWhoHeIs() {
    Response first = browser(Town.TOKYO).get("/");
    for (String cookie : List.of("visitor=", "at=")) {
      assertTrue(first.headers()
          .all("Set-Cookie")
          .stream()
          .anyMatch(each -> each.startsWith(cookie) && each.contains(
              "Max-Age=15552000")), first::toString);
    }
    Browser returning = browser(Town.TOKYO);
    returning.get("/");
    Response renewed = returning.post("/logout", "");
    assertTrue(renewed.headers().all("Set-Cookie").stream().anyMatch(each -> each.startsWith("at=")),
        "both are renewed");
  }

  @Test
  void thereIsOneKeeper() {
    assertTrue(Files.exists(data.resolve(Town.VIRGINIA.region()).resolve("keeper.password")));
    for (Town edge : Town.edges()) {
      assertFalse(Files.exists(data.resolve(edge.region()).resolve("keeper.password")), edge.region());
    }
  }

  @Test
  void browsingCrossesNoLinkAndAnOrderDoes() {
    Browser tokyo = browser(Town.TOKYO);
    long before = crossings(Town.TOKYO);
    long orders = orders();
    Duration waited = world.link(Town.TOKYO).waited();
    assertEquals(200, tokyo.get("/").status());
    assertEquals("replica", tokyo.get("/products?category=bags").header("X-Served-From").orElseThrow());
    assertEquals("replica", tokyo.get("/api/products/3").header("X-Served-From").orElseThrow());
    assertEquals(200, tokyo.add(3, 1).status());
    assertEquals(before, crossings(Town.TOKYO), "all of it is answered from the edge");
    assertEquals(303, tokyo.post("/register", "name=Aki&email=aki%40shop.example&password=secret-aki").status());
    assertEquals(201, tokyo.order("k-1", "{\"lines\":[{\"productId\":3,\"quantity\":1}]}").status());
    settle(world.region(Town.TOKYO));
    long messages = crossings(Town.TOKYO) - before;
    assertTrue(messages >= 4 && messages % 2 == 0, "messages: " + messages);
    Duration least = world.link(Town.TOKYO).oneWay().multipliedBy(messages);
    assertTrue(world.link(Town.TOKYO).waited().minus(waited).compareTo(least) >= 0);
    assertEquals(orders + 1, orders(), "it is the origin that has it");
  }

  /** The origin lets others wait meanwhile, and the person who orders has seconds: neither may depend on how much is bought. */
  @Test
  void twentyProductsAreOrderedWithAsManyMessagesAsOne() {
    Browser tokyo = browser(Town.TOKYO);
    assertEquals(303, tokyo.post("/register", "name=Emi&email=emi%40shop.example&password=secret-emi").status());
    assertEquals(201, tokyo.order("first", lines(1)).status()); // who orders is looked up once
    long one = messages(() -> assertEquals(201, tokyo.order("one", lines(1)).status()));
    long twenty = messages(() -> assertEquals(201, tokyo.order("twenty", lines(20)).status()));
    assertEquals(one, twenty);
    assertTrue(tokyo.order("twenty", lines(20)).header("Idempotency-Replayed").isPresent());
  }

  @Test
  void manyOrdersAreListedWithAsManyMessagesAsOne() {
    Browser tokyo = browser(Town.TOKYO);
    assertEquals(303, tokyo.post("/register", "name=Ken&email=ken%40shop.example&password=secret-ken").status());
    assertEquals(201, tokyo.order("k-0", lines(1)).status());
    tokyo.get("/orders"); // each statement is looked at once before
    long one = messages(() -> assertEquals(200, tokyo.get("/orders").status()));
    for (int i = 1; i < 12; i++) {
      assertEquals(201, tokyo.order("k-" + i, lines(2)).status());
    }
    assertTrue(tokyo.get("/orders").text().contains("2 things"));
    assertEquals(one, messages(() -> assertEquals(200, tokyo.get("/orders").status())));
  }

  /** A body that orders one piece each of so many products. */
  private static String lines(int count) {
    return LongStream.range(41, 41 + count)
        .mapToObj(id -> "{\"productId\":" + id + ",\"quantity\":1}")
        .collect(Collectors.joining(",", "{\"lines\":[", "]}"));
  }

  /** How many messages Tokyo and the origin exchange for that, with what follows it. */
  private static long messages(Runnable request) {
    settle(world.region(Town.TOKYO));
    long before = crossings(Town.TOKYO);
    request.run();
    settle(world.region(Town.TOKYO));
    return crossings(Town.TOKYO) - before;
  }

  @Test
  void theFirstByteFromTheEdgeWaitsForNoDistanceAndFromTheOriginForBothWays() {
    Link link = world.link(Town.TOKYO);
    Browser tokyo = browser(Town.TOKYO).with("CF-IPCountry", "JP");
    Duration before = link.waited();
    String near = tokyo.get("/products?category=tea").text();
    assertEquals(before, link.waited(), "the edge waits for nobody");
    Response across = overTheDistance(Town.TOKYO, "/_far/products?category=tea");
    assertEquals(200, across.status(), across.headers().toString());
    String far = across.text();
    Duration roundTrip = Town.TOKYO.to(Town.VIRGINIA).multipliedBy(2);
    assertTrue(link.waited().minus(before).compareTo(roundTrip) >= 0, "waited " + link.waited().minus(before));
    assertTrue(roundTrip.toMillis() > 140, "a round trip from Tokyo: " + roundTrip);
    assertTrue(near.contains("<dd data-edge=\"region\">tokyo</dd>"), near);
    assertTrue(far.contains("<dd data-edge=\"region\">virginia</dd>"), () -> across.body().getClass() + " " + across
        .headers() + far);
    assertEquals(name(near), name(far), "it is the same list");
  }

  /** Reads what is sent on from the origin within the request, as a server does. */
  private Response overTheDistance(Town town, String path) {
    try (TestClient client = TestClient.inProcess(world.region(town).shop().app())) {
      return client.send(Request.get(path).withHeader("CF-IPCountry", "JP"));
    }
  }

  @Test
  void aPriceThatTheOriginChangesReachesAllEdges() {
    for (Town town : Town.edges()) {
      assertFalse(browser(town).get("/products/11").text().contains("12,345"));
      browser(town).get("/api/products/11");
    }
    world.region(Town.VIRGINIA)
        .stores()
        .mesh()
        .session()
        .update("orders", "UPDATE goods SET price_cents = 1234500 WHERE id = 11", Map.of());
    for (Town town : Town.edges()) {
      world.region(town).shop().pull();
      Response page = browser(town).with("CF-IPCountry", "US").get("/products/11");
      assertTrue(page.text().contains("$12,345.00"), town + ": " + page.text());
    }
  }

  @Test
  void aPriceThatTheKeeperChangesAnywhereIsShownEverywhereAtOnce() {
    for (Town town : Town.edges()) {
      browser(town).get("/api/products/12"); // kept by the response cache, a minute long
    }
    Goods goods = world.region(Town.TOKYO).shop().goods();
    Good before = goods.find(12).orElseThrow();
    Duration took = goods.change(1, new GoodChange(12, 7_654_300, before.stock(), before.version()));
    assertTrue(took.isPositive());
    for (Town town : Town.values()) {
      assertTrue(browser(town).with("CF-IPCountry", "US").get("/products/12").text().contains("$76,543.00"), town
          .title());
      assertTrue(browser(town).get("/api/products/12").text().contains("76543.00"), town.title());
      String event = world.region(town).shop().monitor().events().getFirst().text();
      assertTrue(event.matches("article 12 was changed by the keeper: shown here after \\d+ ms"), event);
    }
  }

  @Test
  void anEdgeAnswersWhileTheOriginIsAway() {
    Browser london = browser(Town.LONDON);
    london.post("/_edge/chaos", "layer=origin&cut=true");
    for (Town town : Town.edges()) {
      Browser visitor = browser(town);
      for (String path : List.of("/", "/products", "/products/7", "/products?q=tea", "/cart")) {
        assertEquals(200, visitor.get(path).status(), town + " " + path);
      }
      assertEquals(200, visitor.add(7, 1).status(), town.title());
      String board = visitor.get("/_edge").text();
      assertTrue(board.contains("origin out of reach"), board);
      assertEquals(503, visitor.get("/_far/products/7").status(), "without an edge there is nothing");
    }
    london.post("/_edge/chaos", "layer=origin&cut=false");
    assertFalse(world.region(Town.TOKYO).stores().chaos().isCut(Chaos.Layer.ORIGIN), "it is back for all");
  }

  @Test
  void pricesAreThoseOfTheRegionUnlessTheVisitorComesFromElsewhere() {
    assertTrue(browser(Town.TOKYO).get("/products/9").text().contains("¥"));
    assertTrue(browser(Town.LONDON).get("/products/9").text().contains("£"));
    assertTrue(browser(Town.SAO_PAULO).get("/products/9").text().contains("R$"));
    assertTrue(browser(Town.TOKYO).with("CF-IPCountry", "GB").get("/products/9").text().contains("£"));
    assertTrue(browser(Town.TOKYO).with("Accept-Language", "pl").get("/products/9").text().contains("¥"),
        "it is nearer");
  }

  @Test
  void aCartFollowsItsOwnerOnceAndWhole() {
    Browser tokyo = browser(Town.TOKYO);
    tokyo.get("/");
    tokyo.add(21, 2);
    tokyo.add(22, 1);
    assertEquals("tokyo", tokyo.cookie("at"));
    Browser london = moved(tokyo, Town.LONDON);
    assertEquals("3", count(london.get("/")));
    assertEquals("london", london.cookie("at"));
    assertEquals("3", count(london.get("/")), "nothing comes twice");
    london.add(21, 1);
    Browser again = moved(london, Town.TOKYO);
    assertEquals("4", count(again.get("/cart")), "and back, with what has come in");
  }

  @Test
  void everyRegionIsOnTheMapAndInTheSwitcher() {
    String board = browser(Town.SAO_PAULO).get("/_edge").text();
    String page = browser(Town.SAO_PAULO).get("/products/9").text();
    for (Town town : Town.values()) {
      assertTrue(board.contains(">" + town.title() + "</text>"), town.title());
      assertTrue(page.contains(">" + town.title() + "</a>"), town.title());
    }
    assertTrue(board.contains("one way, simulated"), board);
    assertTrue(page.contains("Distances are simulated"), page);
    assertTrue(page.contains("/products/9\" aria-current=\"true\">São Paulo"), page);
  }

  private static int port(Town town) {
    return world.region(town).server().get().orElseThrow().port();
  }

  private static Browser browser(Town town) {
    return new Browser(world.region(town).shop().app());
  }

  /** The same person, in another region: cookies go with the host, and know no port. */
  private static Browser moved(Browser from, Town to) {
    return browser(to).withCookie("visitor", from.cookie("visitor")).withCookie("at", from.cookie("at"));
  }

  private static String name(String page) {
    return page.substring(page.indexOf("<h1>"), page.indexOf("</h1>"));
  }

  private static long crossings(Town town) {
    return world.link(town).crossings();
  }

  private static String count(Response page) {
    String text = page.text();
    int at = text.indexOf("id=\"cart-count\">") + "id=\"cart-count\">".length();
    return text.substring(at, text.indexOf('<', at));
  }

  private static long orders() {
    return world.region(Town.VIRGINIA)
        .stores()
        .mesh()
        .session()
        .query("orders", Long.class, "SELECT count(*) FROM orders", Map.of())
        .getFirst();
  }
}
