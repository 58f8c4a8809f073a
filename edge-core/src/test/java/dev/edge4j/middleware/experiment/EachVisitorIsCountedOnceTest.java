package dev.edge4j.middleware.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.CookieKeys;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.VaryBy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A visitor is known again by a cookie that he cannot forge, sees one variant, and counts once for each experiment, if he has seen it at all. */
class EachVisitorIsCountedOnceTest {
  private static final CookieKeys KEYS = CookieKeys.of("a secret of thirty-two bytes, ok".getBytes(
      StandardCharsets.UTF_8));

  private final List<String> told = new ArrayList<>();
  private final Experiment hero = Experiment.of("hero")
      .variant("a", 1)
      .variant("bold", 1)
      .by(VisitorId::of)
      .onExposure((name, variant, visitor) -> told.add(name + " " + variant + " " + visitor));
  private final App app = app();

  private App app() {
    var made = new App();
    made.use(VisitorId.signed(KEYS));
    made.get("/", c -> c.text(hero.variant(c)));
    made.get("/model", c -> c.text(hero.model(c).toString()));
    made.get("/other", c -> c.text(Experiment.of("other")
        .variant("x", 1)
        .by(VisitorId::of)
        .onExposure((name, variant,
            visitor) -> told.add(name))
        .variant(c)));
    made.get("/none", c -> c.text("none"));
    made.use("/page/*", hero.exposing());
    made.get("/page/html", c -> c.html("<p>"));
    made.get("/page/data", c -> c.text("data"));
    return made;
  }

  private Response get(String path, String cookie) {
    return app.request(Request.get(path).withHeader("Cookie", cookie));
  }

  private static String cookie(Response response) {
    String set = response.header("Set-Cookie").orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  @Test
  void aVisitorKeepsHisVariantAndCountsOnce() {
    Response first = app.request("/");
    String known = cookie(first);
    assertTrue(first.header("Set-Cookie").orElseThrow().contains("HttpOnly"));
    for (int i = 0; i < 3; i++) {
      Response again = get("/", known);
      assertEquals(first.text(), again.text());
      assertEquals(Optional.empty(), again.header("Set-Cookie"), "nothing new");
    }
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.getFirst().startsWith("hero " + first.text() + " "));
  }

  @Test
  void noSharedCacheKeepsWhatSetsACookie() {
    var pages = new App();
    pages.use(VisitorId.signed(KEYS));
    pages.get("/", c -> c.text("the same for all").withHeader("Cache-Control", "public, max-age=60"));
    Response first = pages.request("/");
    assertEquals(Optional.of("private, max-age=60"), first.header("Cache-Control"));
    Response again = pages.request(Request.get("/").withHeader("Cookie", cookie(first)));
    assertEquals(Optional.of("public, max-age=60"), again.header("Cache-Control"), "nobody's cookie in it");
  }

  @Test
  void eachExperimentIsCountedForItself() {
    String known = cookie(app.request("/none"));
    assertEquals(List.of(), told);
    known = cookie(get("/", known));
    known = cookie(get("/other", known));
    get("/", known);
    get("/other", known);
    assertEquals(2, told.size(), told.toString());
    assertEquals("other", told.getLast());
  }

  @Test
  void nobodyChoosesHisId() {
    String known = cookie(app.request("/"));
    String forged = known.substring(0, known.length() - 1) + (known.endsWith("A") ? "Q" : "A");
    for (String bad : List.of(forged, "visitor=AAAAAAAAAAAAAAAAAAAAAA", "visitor=" + KEYS.sign("other",
        "AAAAAAAAAAAAAAAAAAAAAA"), "visitor=" + KEYS.sign("visitor", "me"))) {
      assertNotEquals(known, cookie(get("/", bad)), bad);
    }
    assertEquals(5, told.size(), "each was somebody new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-Purpose: prefetch", "Sec-Purpose: prefetch;prerender",
      "Sec-Purpose: prefetch;anonymous-client-ip", "Sec-Purpose: prefetch; prerender", "Purpose: prefetch",
      "X-Moz: prefetch"})
  void aPageThatIsAskedForAheadDoesNotCount(String field) {
    String known = cookie(app.request("/none"));
    String[] parts = field.split(": ", -1);
    for (String path : List.of("/", "/model", "/page/html")) {
      app.request(Request.get(path).withHeader("Cookie", known).withHeader(parts[0], parts[1]));
    }
    assertEquals(List.of(), told);
    get("/", known);
    assertEquals(1, told.size(), "it counts once it is seen");
  }

  @Test
  void aPageOfACacheCountsWhereItLeaves() {
    String known = cookie(app.request("/none"));
    get("/page/data", known);
    get("/page/nowhere", known);
    assertEquals(List.of(), told);
    get("/page/html", known);
    assertEquals(1, told.size());
  }

  @Test
  void aTemplateAsksByName() {
    Response response = app.request("/model");
    boolean bold = told.getFirst().startsWith("hero bold");
    assertEquals(Map.of("variant", bold ? "bold" : "a", "isA", !bold, "isBold", bold).toString().length(), response
        .text()
        .length());
    assertTrue(response.text().contains("isBold=" + bold), response.text());
    assertTrue(response.text().contains("isA=" + !bold), response.text());
  }

  @Test
  void theVariantIsInTheKeyOfACacheAndTheCookieInItsVary() {
    var cached = new App();
    cached.use(VisitorId.signed(KEYS), VaryBy.of("Edge-Variant", hero::cacheKey));
    cached.get("/", c -> c.text(c.header("Edge-Variant").orElse("")).withHeader("Vary", "Edge-Variant"));
    Response response = cached.request("/");
    assertTrue(response.text().matches("hero=(a|bold)"), response.text());
    assertEquals(Optional.of("Cookie"), response.header("Vary"));
  }

  @Test
  void theCookieIsNamedAndKeptAsToldAndSecureOverTls() {
    var named = new App();
    named.use(VisitorId.signed(KEYS).named("who").keptFor(Duration.ofDays(7)));
    named.get("/", c -> c.text(VisitorId.of(c)));
    String set = named.request(Request.get("/").withScheme("https")).header("Set-Cookie").orElseThrow();
    assertTrue(set.startsWith("who=") && set.contains("Max-Age=604800") && set.contains("; Secure"), set);
    assertThrows(IllegalArgumentException.class, () -> VisitorId.signed(KEYS).named("a b"));
    assertThrows(IllegalArgumentException.class, () -> VisitorId.signed(KEYS).keptFor(Duration.ofDays(500)));
  }
}
