package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A block can be rendered by itself; htmx, Turbo and Datastar get it where anybody else gets the page. */
class BlocksAreFragmentsTest {
  private static final Map<String, String> SOURCES = Map.of(
      "layout", "<html><title>{{$title}}Shop{{/title}}</title><main>{{$main}}{{/main}}</main></html>",
      "product",
      "{{<layout}}{{$title}}{{name}}{{/title}}{{$main}}<h1>{{name}}</h1>{{$price}}<b id=\"price\">{{price}}</b>{{/price}}"
          + "{{#rows}}{{$row}}<i>{{name}}{{.}}</i>{{/row}}{{/rows}}{{/main}}{{/layout}}");
  private static final Map<String, Object> TEA = Map.of("name", "Tea & co", "price", "€4", "rows", List.of(1, 2));
  private static final Views VIEWS = Views.of(SOURCES, ViewOptions.strict());
  private static final String PAGE = "<html><title>Tea &amp; co</title><main><h1>Tea &amp; co</h1><b id=\"price\">€4</b>"
      + "<i>Tea &amp; co1</i><i>Tea &amp; co2</i></main></html>";

  private static String block(String template, String block) {
    return new String(VIEWS.renderBlock(template, block, TEA), UTF_8);
  }

  @Test
  void ofThePageOfItsLayoutAndInsideOfASection() {
    assertEquals("<b id=\"price\">€4</b>", block("product", "price"));
    assertEquals("<h1>Tea &amp; co</h1><b id=\"price\">€4</b><i>Tea &amp; co1</i><i>Tea &amp; co2</i>", block("product",
        "main"));
    assertEquals("", block("layout", "main"));
    Views views = Views.of(SOURCES, ViewOptions.strict());
    assertEquals("<i>Tea &amp; cox</i>".replace("x", "{name=Tea &amp; co}"), new String(views.renderBlock("product",
        "row", Map.of("name", "Tea & co")), UTF_8)
        .replace("&#61;", "="));
  }

  @Test
  void oneThatIsNotThereIsAnError() {
    TemplateException e = assertThrows(TemplateException.class, () -> block("product", "prise"));
    assertEquals(
        "template product: no block \"prise\" between elements (did you mean \"price\"?) (expected: {{$prise}}...{{/prise}})",
        e.getMessage());
    assertThrows(TemplateException.class, () -> block("product", "title"), "a title is no element's content");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "                                                             | page",
      "HX-Request: true                                             | price",
      "HX-Request: true, HX-Target: price                           | price",
      "HX-Request: true, HX-Target: row-7                           | price",
      "HX-Request: true, HX-Target: main                            | main",
      "HX-Request: true, HX-Target: row                             | price",
      "HX-Request: true, HX-Boosted: true                           | page",
      "HX-Request: true, HX-History-Restore-Request: true           | page",
      "HX-Request: false                                            | page",
      "HX-Target: price                                             | page",
      "Turbo-Frame: price                                           | price",
      "Turbo-Frame: main                                            | main",
      "Turbo-Frame: unknown                                         | price",
      "Datastar-Request: true                                       | price"})
  void aRequestForAPartGetsThePart(String fields, String part) {
    var app = new App();
    app.use(VIEWS);
    app.get("/", c -> c.fragment("product", List.of("price", "main"), TEA));
    Request request = Request.get("/");
    for (String field : fields == null ? new String[0] : fields.split(", ")) {
      request = request.withHeader(field.substring(0, field.indexOf(':')), field.substring(field.indexOf(':') + 2));
    }
    Response response = app.request(request);
    assertEquals(part.equals("page") ? PAGE : block("product", part), response.text());
    String vary = response.header("Vary").orElse("");
    for (String field : List.of("HX-Request", "HX-Target", "HX-Boosted", "Turbo-Frame", "Datastar-Request")) {
      assertTrue(vary.contains(field), vary);
    }
  }

  @Test
  void aFragmentOfNoBlockIsAMistakeWhoeverAsks() {
    var app = new App();
    app.use(VIEWS);
    app.get("/", c -> c.fragment("product", List.of(), TEA));
    app.onError((c, error) -> c.text(500, String.valueOf(error.getMessage())));
    assertTrue(app.request("/").text().startsWith("fragment of product names no block"));
  }
}
