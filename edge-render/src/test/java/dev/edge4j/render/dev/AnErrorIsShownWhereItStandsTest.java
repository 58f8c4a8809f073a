package dev.edge4j.render.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.render.ViewOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of an error shows the lines around it with a caret, the tags that led there, and what the model has, all of it as text. */
class AnErrorIsShownWhereItStandsTest {
  @TempDir private Path templates;

  /** A thing in a list. */
  public record Tea(String name, int price) {
    /** Fails, as a lookup may. */
    public String origin() {
      if (price > 0) {
        throw new IllegalStateException("no <origin> known");
      }
      return "";
    }
  }

  /** The model of a page. */
  public record Shelf(String title, List<Tea> teas) {}

  private void write(String name, String text) throws IOException {
    Path file = templates.resolve(name + ".mustache");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Response answer(Request request) {
    try (DevMode dev = DevMode.of(templates, ViewOptions.strict())) {
      var app = new App();
      dev.install(app);
      app.get("/shelf", c -> c.render("shelf", new Shelf("<Teas>", List.of(new Tea("Sencha", 5)))));
      app.get("/broken", c -> {
        throw new IllegalArgumentException("no template at all");
      });
      return app.request(request);
    }
  }

  @Test
  void linesCaretIncludesAndModel() throws IOException {
    write("layout", "<html>\n{{>parts/list}}\n</html>");
    write("parts/list", "<ul>\n{{#teas}}\n  <li class=\"tea\">{{nmae}}</li>\n{{/teas}}\n</ul>");
    write("shelf", "{{! {{>parts/list}} }}\n{{<layout}}{{/layout}}");
    Response page = answer(Request.get("/shelf"));
    assertEquals(500, page.status());
    assertEquals(Optional.of("no-store"), page.header("Cache-Control"));
    String html = page.text();
    assertTrue(html.contains(
        "&gt; 3 |   &lt;li class=&quot;tea&quot;&gt;{{nmae}}&lt;/li&gt;\n    |                   ^\n"), html);
    assertTrue(html.contains("  1 | &lt;ul&gt;\n"), html);
    assertTrue(html.contains("did you mean &quot;name&quot;?"), html);
    assertTrue(html.contains("<h2>Included by</h2><pre>shelf:2:1 {{&lt;layout}}\nlayout:2:1 {{&gt;parts/list}}</pre>"),
        html);
    assertTrue(html.contains("<h2>Model of shelf</h2><pre>" + Shelf.class.getTypeName() + ": teas, title</pre>"), html);
    assertFalse(html.contains("<li class"), html);
    assertTrue(html.contains("/_dev/reload.js"), "it goes away by itself");
  }

  @Test
  void anAccessorThatFailsIsNamedWithItsCause() throws IOException {
    write("shelf", "{{#teas}}{{origin}}{{/teas}}");
    String html = answer(Request.get("/shelf")).text();
    assertTrue(html.contains("<h2>Caused by</h2><pre>java.lang.IllegalStateException: no &lt;origin&gt; known"), html);
    assertTrue(html.contains("Tea.origin("), html);
  }

  @Test
  void otherErrorsAndOtherClientsAreAnsweredAsEver() throws IOException {
    write("shelf", "{{nothing}}");
    Response problem = answer(Request.get("/shelf").withHeader("Accept", "application/json"));
    assertEquals(Optional.of("application/problem+json"), problem.header("Content-Type"));
    assertEquals(Optional.of("application/problem+json"), answer(Request.get("/broken")).header("Content-Type"));
  }

  @Test
  void excerptsStandAtTheEdges() {
    assertEquals("> 1 | one\n    | ^\n  2 | two\n", Excerpt.of("one\ntwo", 1, 1));
    assertEquals("   7 | g\n   8 | h\n   9 | i\n> 10 | \tjj\n     | \t ^\n", Excerpt.of(
        "a\nb\nc\nd\ne\nf\ng\nh\ni\n\tjj", 10, 3));
    assertEquals("> 1 | one\n", Excerpt.of("one", 1, 0));
    assertEquals("", Excerpt.of("", 1, 1));
    assertEquals("> 1 | a\n    |  ^\n", Excerpt.of("a", 1, 99));
  }

  @Test
  void theShortestWayIsShownAndLoopsEnd() {
    Map<String, String> sources = Map.of("a", "{{>b}}{{>c}}", "b", "{{>a}}\n{{>c}}", "c", "{{>d}}", "d", "");
    Includes includes = new Includes(name -> Optional.ofNullable(sources.get(name)));
    assertEquals(List.of("a:1:7 {{>c}}", "c:1:1 {{>d}}"), includes.way("a", "d"));
    assertEquals(List.of(), includes.way("a", "a"));
    assertEquals(List.of(), includes.way("d", "a"));
  }
}
