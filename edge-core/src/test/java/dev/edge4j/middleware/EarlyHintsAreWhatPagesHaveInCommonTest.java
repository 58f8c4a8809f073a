package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.WebLink;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is learned for a route is what its pages have in common, as long as they do, and nothing that belongs to one visitor. */
class EarlyHintsAreWhatPagesHaveInCommonTest {
  private static final String STYLE = "</app.css>; rel=preload; as=style";
  private static final String FONTS = "<https://fonts.example>; rel=preconnect";

  private final EarlyHints hints = EarlyHints.create().withPublic("/assets/");
  private Response page = Response.html(200, "<p>");

  private App app() {
    var app = new App();
    app.use(hints);
    app.get("/", _ -> page);
    app.get("/p/:id", _ -> page);
    return app;
  }

  private List<String> learned(String route) {
    return hints.learned(route).stream().map(WebLink::toString).toList();
  }

  private void show(App app, String path, String... links) {
    page = Response.html(200, "<p>");
    for (String link : links) {
      page = page.withAddedHeader("Link", link);
    }
    app.request(path);
  }

  @Test
  void whatTwoPagesInARowHaveIsLearnedAndForgottenOnChange() {
    App app = app();
    show(app, "/", STYLE, FONTS, "</feed>; rel=alternate");
    assertEquals(List.of(), learned("/"));
    show(app, "/", STYLE, FONTS, "</feed>; rel=alternate");
    assertEquals(List.of(STYLE, FONTS), learned("/"));
    show(app, "/", "</app.2.css>; rel=preload; as=style", FONTS);
    assertEquals(List.of(FONTS), learned("/"));
    show(app, "/", "</app.2.css>; rel=preload; as=style", FONTS);
    assertEquals(List.of("</app.2.css>; rel=preload; as=style", FONTS), learned("/"));
    hints.forget();
    assertEquals(List.of(), learned("/"));
  }

  @Test
  void thePictureOfOneProductIsNoHintForOthers() {
    App app = app();
    for (int visit = 0; visit < 3; visit++) {
      show(app, "/p/1", STYLE, "</1.avif>; rel=preload; as=image");
    }
    assertEquals(List.of(), learned("/p/:id"));
    show(app, "/p/2", STYLE, "</2.avif>; rel=preload; as=image");
    assertEquals(List.of(STYLE), learned("/p/:id"));
    show(app, "/p/2", STYLE, "</2.avif>; rel=preload; as=image");
    assertEquals(List.of(STYLE), learned("/p/:id"));
    assertEquals(List.of(), learned("/"));
  }

  @Test
  void eachHostHasItsOwn() {
    var app = new App();
    app.use(hints);
    var mounted = new App();
    mounted.get("/", _ -> page);
    app.host("a.example").get("/", _ -> page);
    app.host("b.example").mount("/", mounted);
    app.host(":tenant.c.example").get("/", _ -> page);
    app.get("/", _ -> page);
    for (int visit = 0; visit < 2; visit++) {
      for (String host : List.of("a.example", "b.example", "one.c.example", "two.c.example", "any" + visit)) {
        page = Response.html(200, "<p>")
            .withAddedHeader("Link", "</" + host + ">; rel=preload")
            .withAddedHeader("Link", STYLE);
        app.request(Request.get("/").withAuthority(host));
      }
    }
    assertEquals(List.of("</a.example>; rel=preload", STYLE), learned("a.example/"));
    assertEquals(List.of("</b.example>; rel=preload", STYLE), learned("b.example/"));
    assertEquals(List.of(STYLE), learned(":tenant.c.example/"), "what all tenants have");
    assertEquals(List.of(STYLE), learned("/"));
    assertEquals(List.of(), learned("any1/"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"Cache-Control|private, no-cache", "Cache-Control|no-store", "Set-Cookie|a=b",
      "Vary|Cookie", "Vary|*",
      "Cache-Control|Private=\"x\""})
  void ofPrivatePagesOnlyWhatIsPublicByItsPath(String name, String value) {
    App app = app();
    page = Response.html(200, "<p>")
        .withHeader(name, value)
        .withAddedHeader("Link", "</faces/ann.png>; rel=preload; as=image")
        .withAddedHeader("Link", "</assets/app.css>; rel=preload; as=style")
        .withAddedHeader("Link", "</assets/../me.css>; rel=preload; as=style")
        .withAddedHeader("Link", "</assets/%2e%2e/me.css>; rel=preload; as=style")
        .withAddedHeader("Link", "</assets/a.css?user=ann>; rel=preload; as=style");
    app.request("/");
    app.request("/");
    assertEquals(List.of("</assets/app.css>; rel=preload; as=style"), learned("/"));
  }

  @Test
  void aPageForSomebodyIsPrivateUnlessItSaysOtherwise() {
    App app = app();
    page = Response.html(200, "<p>").withAddedHeader("Link", STYLE);
    for (String field : List.of("Cookie", "Authorization")) {
      app.request(Request.get("/").withHeader(field, "a=b"));
      app.request(Request.get("/").withHeader(field, "a=b"));
      assertEquals(List.of(), learned("/"), field);
    }
    page = page.withHeader("Cache-Control", "public, max-age=0");
    app.request(Request.get("/").withHeader("Cookie", "a=b"));
    app.request(Request.get("/").withHeader("Cookie", "a=b"));
    assertEquals(List.of(STYLE), learned("/"));
  }

  @Test
  void onlyPagesTeachAndOnlyLinksThatMeanTheSameEverywhere() {
    App app = app();
    Response linked = Response.html(200, "<p>").withAddedHeader("Link", STYLE);
    for (Response other : List.of(linked.withStatus(404), Response.text(200, "x").withAddedHeader("Link", STYLE),
        Response.html(200, "x")
            .withAddedHeader("Link",
                "<app.css>; rel=preload; as=style, <//evil/x>; rel=preload, </a.js>; rel=preload; nonce=x, <http://a/x>; rel=preload"))) {
      page = other;
      app.request("/");
      app.request("/");
      assertEquals(List.of(), learned("/"), other.toString());
    }
  }

  @Test
  void whatIsKeptIsBounded() {
    App app = app();
    String[] many = IntStream.range(0, 50)
        .mapToObj(i -> "</" + i + ".js>; rel=preload; as=script")
        .toArray(String[]::new);
    show(app, "/", many);
    show(app, "/", many);
    assertEquals(16, learned("/").size());
    String[] large = {"</" + "a".repeat(2_000) + ">; rel=preload"};
    show(app, "/", large);
    show(app, "/", large);
    assertEquals(List.of(), learned("/"));
    assertThrows(IllegalArgumentException.class, () -> hints.withPublic("assets"));
    assertThrows(IllegalArgumentException.class, () -> hints.withPublic("//evil.example/"));
  }
}
