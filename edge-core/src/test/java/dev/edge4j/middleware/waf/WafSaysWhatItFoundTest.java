package dev.edge4j.middleware.waf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The client learns nothing but the status, the operator which rule and where; what is configured holds, and nothing else changes. */
class WafSaysWhatItFoundTest {
  private static final Request ATTACK = Request.get("/search?id=1%27%20or%201=1--&secret=hunter2");

  private final List<Report> reports = new ArrayList<>();

  private Response ask(Waf waf, Request request) {
    var app = new App();
    app.use(waf.onFinding((_, report) -> reports.add(report)));
    app.get("/search", c -> c.text("found " + Waf.report(c).map(Report::score).orElse(0)));
    app.get("/admin/query", c -> c.text("asked"));
    app.post("/", c -> c.text(String.valueOf(c.bodyText().length())));
    return app.request(request);
  }

  @Test
  void theClientIsToldNothingOfTheRule() {
    Response response = ask(Waf.create(), ATTACK);
    assertEquals(403, response.status());
    assertEquals(
        "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,\"detail\":\"this request is refused\"}",
        response
            .text());
  }

  @Test
  void theListenerIsToldRuleAndPlaceAndNoValue() {
    ask(Waf.create(), ATTACK);
    Report report = reports.getFirst();
    assertTrue(report.refused());
    assertEquals(new Place(Place.Kind.QUERY, "id"), report.findings().getFirst().place());
    assertEquals("942110 query \"id\"", report.findings().getFirst().toString());
    assertFalse(report.toString().contains("1=1") || report.toString().contains("hunter2"), report.toString());
  }

  @Test
  void reportOnlyRefusesNothingAndTellsAll() {
    Response response = ask(Waf.create().reportOnly(), ATTACK);
    assertEquals("found " + reports.getFirst().score(), response.text());
    assertFalse(reports.getFirst().refused());
    assertTrue(reports.getFirst().score() >= Waf.THRESHOLD);
  }

  @Test
  void scoresAddUpAndARuleCountsOnce() {
    RuleSet rules = RuleSet.of(List.of(Rule.of(1, Severity.WARNING, "a", "alpha"), Rule.of(2, Severity.NOTICE, "b",
        "beta"), Rule
            .of(1, Severity.ERROR, "a", "alphabet")));
    assertEquals("found 3", ask(Waf.of(rules), Request.get("/search?a=alpha&b=alpha")).text());
    assertEquals("found 4", ask(Waf.of(rules), Request.get("/search?a=alphabet")).text());
    assertEquals(403, ask(Waf.of(rules), Request.get("/search?a=alpha&b=beta")).status());
    assertEquals(200, ask(Waf.of(rules).threshold(6), Request.get("/search?a=alpha&b=beta")).status());
    assertEquals(403, ask(Waf.of(rules).threshold(3), Request.get("/search?a=alpha")).status());
  }

  @Test
  void whatIsExceptedIsLeftOut() {
    int[] found = ruleNumbers(ATTACK);
    assertEquals(200, ask(Waf.create().except(found), ATTACK).status());
    assertEquals(200, ask(Waf.create().exceptIn("id", found), ATTACK).status());
    assertEquals(200, ask(Waf.create().exceptIn("id"), ATTACK).status());
    assertEquals(403, ask(Waf.create().exceptIn("name"), ATTACK).status());
    assertEquals(403, ask(Waf.create().exceptAt("/admin"), ATTACK).status());
    Request admin = Request.get("/admin/query?sql=1%20union%20select%201");
    assertEquals(200, ask(Waf.create().exceptAt("/admin"), admin).status());
    assertEquals(200, ask(Waf.create().exceptAt("/admin", 942100), admin).status());
    assertEquals(403, ask(Waf.create().exceptAt("/adm"), admin).status());
    assertEquals(403, ask(Waf.create().exceptAt("/admin", 930100), admin).status());
  }

  private int[] ruleNumbers(Request request) {
    reports.clear();
    ask(Waf.create(), request);
    return reports.getFirst().findings().stream().mapToInt(Finding::rule).toArray();
  }

  @Test
  void countsCanBeRead() {
    Waf waf = Waf.create();
    var app = new App();
    app.use(waf);
    app.get("/", c -> c.text("ok"));
    app.request(Request.get("/"));
    app.request(Request.get("/?a=document.cookie"));
    app.request(Request.get("/?a=%3Cscript%3E"));
    app.request(Request.get("/?a=%3Cscript%3E&b=%3Cscript%3E"));
    assertEquals(new Waf.Counts(4, 3, 2, Map.of(941100, 2L, 941130, 1L)), waf.counts());
  }

  @Test
  void theBodyIsSeenAsFarAsIsSaid() {
    String late = "{\"a\":\"" + "x".repeat(200) + "\",\"b\":\"<script>\"}";
    assertEquals(403, ask(Waf.create(), Request.post("/").withJson(late)).status());
    assertEquals(String.valueOf(late.length()), ask(Waf.create().bodyPrefix(100), Request.post("/").withJson(late))
        .text());
    assertEquals(200, ask(Waf.create().bodyPrefix(0), Request.post("/").withJson(late)).status());
  }

  @Test
  void escapesInJsonAreDecodedAndNamesAreLookedAt() {
    assertEquals(403, ask(Waf.create(), Request.post("/").withJson("{\"a\":\"\\u003cscr\\u0069pt>\"}")).status());
    assertEquals(403, ask(Waf.create(), Request.post("/").withJson("{\"a\":{\"$ne\":null}}")).status());
    assertEquals(403, ask(Waf.create(), Request.post("/").withJson("{\"__proto__\":{\"admin\":true}}")).status());
    assertEquals(403, ask(Waf.create(), Request.post("/")
        .withBody("application/json", "{\"a\":1}".getBytes(
            StandardCharsets.UTF_16LE))).status());
  }

  @Test
  void theFormOfARequestCountsToo() {
    assertEquals(403, ask(Waf.create(), Request.get("/search").withHeader("Content-Type", "%{(#x)}")).status());
    assertEquals(403, ask(Waf.create(), Request.get("/search")
        .withHeaders(Headers.of("Content-Type", "text/plain",
            "Content-Type", "application/json"))).status());
    assertEquals(200, ask(Waf.create(), Request.get("/search")
        .withHeader("Content-Type",
            "application/vnd.api+json; charset=\"utf-8\"")).status());
    String many = String.join("&", IntStream.range(0, 513).mapToObj(i -> "a" + i + "=1").toList());
    assertEquals(403, ask(Waf.create(), Request.get("/search?" + many)).status());
    assertEquals(200, ask(Waf.create(), Request.get("/search?" + many.substring(0, many.lastIndexOf('&')))).status());
    assertEquals(200, ask(Waf.create(), Request.get("/search?a=%E9")).status());
  }

  @Test
  void namesInFindingsAreFitForALog() {
    var place = new Place(Place.Kind.QUERY, "a\nb\u001b[31m\"" + "x".repeat(100));
    assertTrue(place.name().length() <= 64);
    assertEquals("query \"a?b?[31m'", place.toString().substring(0, 16));
  }

  @Test
  void badConfigurationIsRefusedAtTheStart() {
    assertThrows(IllegalArgumentException.class, () -> Waf.create().threshold(0));
    assertThrows(IllegalArgumentException.class, () -> Waf.create().bodyPrefix(-1));
    assertThrows(IllegalArgumentException.class, () -> Waf.create().bodyPrefix(65_537));
    assertThrows(IllegalArgumentException.class, () -> Waf.create().except());
    for (String path : List.of("admin", "/admin/", "/a//b", "/a/../b")) {
      assertThrows(IllegalArgumentException.class, () -> Waf.create().exceptAt(path), path);
    }
    assertThrows(IllegalArgumentException.class, () -> Rule.of(1, Severity.NOTICE, "none"));
    assertThrows(IllegalArgumentException.class, () -> Rule.of(1, Severity.NOTICE, "case", "SELECT"));
    assertThrows(IllegalArgumentException.class, () -> Rule.of(1, Severity.NOTICE, "empty", ""));
    assertThrows(IllegalArgumentException.class, () -> Rule.of(1, Severity.NOTICE, "re", "a").then("(?=b)"));
    assertThrows(IllegalArgumentException.class, () -> Rule.of(1, Severity.NOTICE, "open", "or").open());
  }
}
