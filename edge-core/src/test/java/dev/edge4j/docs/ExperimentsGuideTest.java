package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.CookieKeys;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.VaryBy;
import dev.edge4j.middleware.experiment.Experiment;
import dev.edge4j.middleware.experiment.VisitorId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The listings of docs/experiments.md. */
class ExperimentsGuideTest {
  private static final CookieKeys KEYS = CookieKeys.of("a secret of thirty-two bytes, ok".getBytes(
      StandardCharsets.UTF_8));

  private final List<String> seen = new ArrayList<>();

  private void record(String experiment, String variant, String visitor) {
    seen.add(experiment + " " + variant + " " + visitor.length());
  }

  @Test
  void aVisitorSeesOneVariantAndCountsOnce() {
    var app = new App();
    // tag::experiment[]
    Experiment hero = Experiment.of("hero")
        .variant("plain", 9)
        .variant("bold", 1) // one of ten
        .by(VisitorId::of)
        .onExposure(this::record); // must not block: events.send of edge-data, say
    app.use(VisitorId.signed(KEYS));
    app.get("/", c -> c.text(hero.variant(c)));
    // end::experiment[]
    Response first = app.request("/");
    String cookie = first.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    assertEquals(first.text(), app.request(Request.get("/").withHeader("Cookie", cookie)).text());
    assertEquals(List.of("hero " + first.text() + " 22"), seen);
  }

  @Test
  void aCachedPageHasAnAnswerForEachVariant() {
    Experiment hero = Experiment.of("hero")
        .variant("plain", 1)
        .variant("bold", 1)
        .by(VisitorId::of)
        .onExposure(this::record);
    var app = new App();
    // tag::cached[]
    app.use(VisitorId.signed(KEYS), hero.exposing(), VaryBy.of("Edge-Variant", hero::cacheKey));
    // here a cache: ResponseCache.create(kv).vary("Edge-Variant")
    app.get("/", c -> c.html(hero.assigned(VisitorId.of(c))).withHeader("Vary", "Edge-Variant"));
    // end::cached[]
    Response page = app.request("/");
    assertEquals(Optional.of("Cookie"), page.header("Vary"));
    assertTrue(seen.getFirst().startsWith("hero " + page.text()));
  }
}
