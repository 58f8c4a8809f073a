package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.middleware.waf.Finding;
import dev.edge4j.middleware.waf.Place;
import dev.edge4j.middleware.waf.Rule;
import dev.edge4j.middleware.waf.RuleSet;
import dev.edge4j.middleware.waf.Severity;
import dev.edge4j.middleware.waf.Waf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The listings of docs/waf.md. */
class WafGuideTest {
  private final App app = new App();

  private int get(String target) {
    return app.request(Request.get(target)).status();
  }

  @Test
  void inFrontOfAllRoutes() {
    // tag::create[]
    app.use(Waf.create());
    // end::create[]
    app.get("/products", c -> c.text("tea"));
    assertEquals(200, get("/products?q=O%27Brien"));
    assertEquals(403, get("/products?q=%27%20OR%201=1--"));
  }

  @Test
  void aFirstWeek() {
    List<String> seen = new ArrayList<>();
    // tag::report[]
    Waf waf = Waf.create().reportOnly().onFinding((c, report) -> {
      for (Finding finding : report.findings()) {
        seen.add(c.path() + " " + finding.rule() + " " + finding.what() + ", score " + report.score());
      }
    });
    app.use(waf);
    // end::report[]
    app.get("/products", c -> c.text("tea"));
    assertEquals(200, get("/products?q=1;%20DROP%20TABLE%20users"));
    assertEquals(List.of("/products 942130 a second statement behind a first, score 5"), seen);
    assertEquals(1, waf.counts().byRule().get(942130));
  }

  @Test
  void whatIsFineHere() {
    // tag::except[]
    app.use(Waf.create()
        .except(931120) // visitors may name localhost
        .exceptIn("html", 941100, 941110) // the editor's field holds markup
        .exceptAt("/admin/console")); // and here SQL is what people type
    // end::except[]
    app.get("/*rest", c -> c.text("ok"));
    assertEquals(200, get("/?html=%3Ciframe%20src=a%3E"));
    assertEquals(403, get("/?text=%3Ciframe%20src=a%3E"));
    assertEquals(200, get("/admin/console/run?q=1%20union%20select%201"));
  }

  @Test
  void rulesOfOnesOwn() {
    // tag::rules[]
    RuleSet rules = RuleSet.standard()
        .plus(
            Rule.of(100_001, Severity.CRITICAL, "the old import script", "/import.cgi").at(Place.Kind.PATH),
            Rule.of(100_002, Severity.WARNING, "a coupon that is tried out", "coupon-").then("[0-9]{12}"));
    app.use(Waf.of(rules).bodyPrefix(4096).threshold(5));
    // end::rules[]
    app.get("/*rest", c -> c.text("ok"));
    assertEquals(403, get("/a/import.cgi"));
    assertEquals(200, get("/?code=coupon-123456789012"));
    assertTrue(rules.rules().size() > 20);
  }
}
