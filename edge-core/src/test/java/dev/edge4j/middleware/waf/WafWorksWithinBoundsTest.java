package dev.edge4j.middleware.waf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** No value makes the firewall throw, or work more than in proportion to its length; an ordinary request stays within the budget of a gate. */
class WafWorksWithinBoundsTest {
  private static final Place PLACE = new Place(Place.Kind.QUERY, "q");
  /** Three views, and what it takes to make them. */
  private static final int PASSES = 4;
  private static final List<String> PIECES = List.of("'", "\"", " or ", "union ", "select ", "<", "<img ", "onerror",
      "=", "../",
      "%27", "%25", "&#", "&#x3c;", "\\x3c", "\\u003", "${", "}", "/*", "*/", ";cat ", "|", "`", "$(", " ", "\0",
      "\ufffd", "%", "%u",
      "%c0%ae", "--", "(", "1=1", "javascript:", "{{", "\ud83d", "\udc4d", "é", "＜", "\n");

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.strings().ofMaxLength(8))
        .list()
        .ofMaxSize(60)
        .map(pieces -> String.join("", pieces));
  }

  @Property(tries = 400)
  void workIsLinearInAnyValue(@ForAll("noise") String piece, @ForAll @IntRange(min = 1, max = 60) int times) {
    String value = piece.repeat(times);
    var inspection = new Inspection(RuleSet.standard(), Exceptions.NONE);
    inspection.look(PLACE, value);
    assertTrue(inspection.steps() <= (long) PASSES * value.length() + (long) Inspection.MAX_TRIES * Rule.TAIL,
        () -> inspection.steps() + " steps for " + value.length());
  }

  @Property(tries = 300)
  void noBytesInABodyMakeItThrow(@ForAll byte[] bytes, @ForAll("noise") String text) {
    var app = new App();
    app.use(Waf.create());
    app.post("/", c -> c.text("ok"));
    byte[] piece = text.getBytes(StandardCharsets.UTF_8);
    for (String type : List.of("application/json", "application/x-www-form-urlencoded", "text/plain",
        "multipart/form-data; boundary=b", "nonsense", "application/xml")) {
      for (byte[] body : List.of(bytes, piece, ("{\"a\":\"" + text).getBytes(StandardCharsets.UTF_8), ("--b\r\n" + text)
          .getBytes(StandardCharsets.UTF_8))) {
        int status = app.request(Request.post("/").withBody(type, body)).status();
        assertTrue(status == 200 || status == 403, type + " " + status);
      }
    }
  }

  @Test
  void moreThanIsLookedAtIsRefused() {
    var inspection = new Inspection(RuleSet.standard(), Exceptions.NONE);
    String most = "a".repeat(Inspection.MAX_CHARACTERS);
    inspection.look(PLACE, most);
    assertTrue(inspection.isClean());
    inspection.look(PLACE, "b");
    assertEquals(Anomaly.TOO_MUCH.id(), inspection.report(5, true).findings().getFirst().rule());
    assertTrue(inspection.report(5, true).refused());
  }

  @Test
  void whatOnlyBeginsLikeAttacksIsRefusedAfterSoManyTries() {
    var inspection = new Inspection(RuleSet.standard(), Exceptions.NONE);
    inspection.look(PLACE, "' or x ".repeat(2 * Inspection.MAX_TRIES + 2));
    assertEquals(List.of(Anomaly.TOO_MUCH.id()), inspection.report(5, true)
        .findings()
        .stream()
        .map(Finding::rule)
        .toList());
    long steps = inspection.steps();
    inspection.look(PLACE, "' or x ".repeat(100));
    assertEquals(steps, inspection.steps());
  }

  @Test
  void ordinaryRequestsStayWithinTheBudgetOfAGate() {
    var app = new App();
    app.use(Waf.create());
    app.post("/orders", Handler.inline(c -> c.text("ok")));
    Request request = Request.post("/orders?page=2&sort=price,desc&q=O%27Brien+and+sons")
        .withHeader("User-Agent",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36")
        .withHeader("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8")
        .withHeader("Accept-Language", "en-US,en;q=0.9,de;q=0.8")
        .withHeader("Referer", "https://shop.example.com/products?category=tea%20and%20coffee")
        .withHeader("Sec-Ch-Ua", "\"Chromium\";v=\"124\", \"Google Chrome\";v=\"124\", \"Not-A.Brand\";v=\"99\"")
        .withHeader("Cookie",
            "session=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig; theme=dark; _ga=GA1.2.1.2; consent=%7B%22a%22%3Atrue%7D");
    String order = "{\"name\":\"Conan O'Brien\",\"street\":\"Rue de l'Église 4\",\"lines\":[{\"sku\":\"tea-42\",\"quantity\":2}],"
        + "\"note\":\"Please select a gift box & ring twice; leave it with the neighbours or at the door.\"}";
    for (int i = 0; i < 11_000; i++) {
      assertEquals(200, app.request(request.withJson(order)).status());
    }
  }
}
