package dev.edge4j.render.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.WebLink;
import dev.edge4j.render.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The twin in Markdown is given to clients that name it and welcome it no less than HTML; caches can tell the two apart. */
class MarkdownIsForThoseWhoNameItTest {
  private static final String CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

  @TempDir private Path templates;

  private App app() throws IOException {
    Files.writeString(templates.resolve("tea.mustache"), "<h1>{{name}}</h1>");
    Files.writeString(templates.resolve("tea.md.mustache"), "# {{name}}");
    var app = new App();
    app.use(Views.from(templates));
    app.get("/tea", c -> MarkdownTwin.render(c, "tea", Map.of("name", "Green")));
    app.get("/gone", c -> MarkdownTwin.answer(c, () -> c.html(404, "<p>gone"), () -> c.text(404, "gone")));
    return app;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"text/markdown|md", "text/markdown, text/html, */*|md",
      "text/markdown, */*;q=0.1|md",
      "text/html;q=0.9, text/markdown|md", "TEXT/Markdown|md", "text/plain, text/markdown;q=0.5|md", "''|html",
      "*/*|html", "text/*|html",
      "text/html|html", "text/html, text/markdown;q=0.9|html", "text/markdown;q=0, */*|html", "application/json|html",
      "text/markdown;q=0|html", "text/markdown;variant=GFM|html", CHROME + "|html"})
  void byWhatTheClientTakes(String accept, String expected) throws IOException {
    Request request = Request.get("/tea");
    Response response = app().request(accept.isEmpty() ? request : request.withHeader("Accept", accept));
    boolean markdown = expected.equals("md");
    assertEquals(markdown ? "# Green" : "<h1>Green</h1>", response.text());
    assertEquals(markdown ? "text/markdown; charset=utf-8" : "text/html; charset=utf-8", response.header("Content-Type")
        .orElseThrow());
    assertEquals(List.of("Accept"), response.headers().all("Vary"));
  }

  @Test
  void eachLinksToTheOther() throws IOException {
    Response page = app().request("/tea?a=b");
    assertEquals(List.of(WebLink.of("/tea?a=b", "alternate").with("type", "text/markdown")), WebLink.of(page
        .headers()));
    Response twin = app().request(Request.get("/tea").withHeader("Accept", "text/markdown"));
    assertEquals(List.of(WebLink.of("/tea", "alternate").with("type", "text/html")), WebLink.of(twin.headers()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/named/what%3F", "/named/no.%231?a=b%23", "/named/50%25%2Fcup", "/named/caf%C3%A9"})
  void whatIsEscapedInAPathStaysSo(String path) {
    var app = new App();
    app.get("/named/:name", c -> MarkdownTwin.answer(c, () -> c.html("<p>"), () -> c.text("tea")));
    assertEquals(path, WebLink.of(app.request(path).headers()).getFirst().target());
  }

  @Test
  void aMountedPageLinksToItsWholePath() throws IOException {
    var outer = new App();
    outer.mount("/shop", app());
    Response page = outer.request("/shop/tea?a=b");
    assertEquals(List.of(WebLink.of("/shop/tea?a=b", "alternate").with("type", "text/markdown")), WebLink.of(page
        .headers()));
  }

  @Test
  void anErrorHasNoTwinToLinkTo() throws IOException {
    Response gone = app().request(Request.get("/gone").withHeader("Accept", "text/markdown"));
    assertEquals(404, gone.status());
    assertEquals("text/markdown; charset=utf-8", gone.header("Content-Type").orElseThrow());
    assertFalse(gone.headers().contains("Link"));
  }
}
