package dev.edge4j.render.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Response;
import dev.edge4j.http.structured.Bare;
import dev.edge4j.http.structured.Item;
import dev.edge4j.http.structured.StructuredFields;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import dev.edge4j.render.site.SpeculationRules.Eagerness;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules say what was meant, never include what was excluded, and are found by the field in each page. */
class SpeculationLeavesOutWhatActsTest {
  private static final SpeculationRules RULES = SpeculationRules.create()
      .never("/cart", "/logout")
      .prefetch(Eagerness.MODERATE, Where.path("/*"))
      .prerender(Eagerness.CONSERVATIVE, Where.path("/products/*").and(Where.selector("main a").negate()));

  private static Object parsed(String json) {
    return JsonCodec.jackson().read(json.getBytes(StandardCharsets.UTF_8), new TypeRef<Map<String, Object>>() {});
  }

  @Test
  void theDocument() {
    String out = """
        {"not":{"selector_matches":"[rel~=nofollow],[download],[target=_blank]"}},
        {"not":{"href_matches":"/cart"}},{"not":{"href_matches":"/logout"}}""";
    assertEquals(parsed("""
        {"prefetch":[{"where":{"and":[{"href_matches":"/*"},%1$s]},"eagerness":"moderate"}],
         "prerender":[{"where":{"and":[{"and":[{"href_matches":"/products/*"},{"not":{"selector_matches":"main a"}}]},%1$s]},
                       "eagerness":"conservative"}]}
        """.formatted(out)), parsed(RULES.json()));
    assertThrows(IllegalArgumentException.class, () -> RULES.never("logout"));
  }

  @Test
  void pagesNameTheDocumentWhichIsStoredForEver() {
    var app = new App();
    app.use(RULES.routes(app));
    app.get("/", c -> c.html("<p>"));
    app.get("/api", c -> c.json(Map.of()));
    String field = app.request("/").header("Speculation-Rules").orElseThrow();
    Bare.Text path = (Bare.Text) ((Item) StructuredFields.parseList(field).orElseThrow().getFirst()).value();
    Response document = app.request(path.value());
    assertEquals("application/speculationrules+json", document.header("Content-Type").orElseThrow());
    assertTrue(document.header("Cache-Control").orElseThrow().contains("immutable"));
    assertEquals(RULES.json(), document.text());
    assertFalse(app.request("/api").headers().contains("Speculation-Rules"));
  }

  @Test
  void otherRulesHaveAnotherName() {
    assertNotEquals(RULES.path(), RULES.never("/admin").path());
    assertEquals(RULES.path(), RULES.path());
  }
}
