package dev.edge4j.render.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.EntityTag;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.middleware.compression.Compression;
import dev.edge4j.middleware.secure.ContentSecurityPolicy;
import dev.edge4j.render.PartialRequest;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.Views;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page whose version the client has is confirmed without being made (RFC 9110 section 13.1.2). */
class AVersionIsKnownBeforeThePageTest {
  private int rendered;
  private long stock = 7;

  private PageVersion version() {
    return PageVersion.of("t1").with("stock", stock).header("Cache-Control", "private, no-cache");
  }

  private App app() {
    var app = new App();
    app.get("/page", c -> version().answer(c, () -> {
      rendered++;
      return c.html("<p>" + stock);
    }));
    app.post("/page", c -> version().answer(c, () -> c.text("posted")));
    app.get("/stream", c -> version().answer(c, () -> {
      rendered++;
      return Response.html(200, "").withBody(new Body.Stream(out -> out.write("<p>late".getBytes(UTF_8))));
    }));
    app.get("/missing", c -> version().answer(c, () -> c.html(404, "none")));
    return app;
  }

  private static Request conditional(String path, String field, String value) {
    return Request.get(path).withHeader(field, value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page", "/stream"})
  void nothingIsRenderedForAClientThatHasIt(String path) {
    App app = app();
    Response first = app.request(path);
    String tag = first.header("ETag").orElseThrow();
    assertEquals(200, first.status());
    assertTrue(tag.startsWith("W/\""), tag);
    assertEquals(1, rendered);
    String opaque = EntityTag.parse(tag).orElseThrow().opaque();
    for (String given : List.of(tag, "\"" + opaque + "\"", "\"x\", " + tag, "*", "W/\"a,b\" ,\t\"" + opaque + "\"")) {
      Response again = app.request(conditional(path, "If-None-Match", given));
      assertEquals(304, again.status(), given);
      assertEquals(tag, again.header("ETag").orElseThrow());
      assertEquals("private, no-cache", again.header("Cache-Control").orElseThrow());
      assertFalse(again.headers().contains("Content-Type"));
    }
    assertEquals(304, app.request(conditional(path, "If-None-Match", tag).withMethod(Method.HEAD)).status());
    assertEquals(1, rendered);
    stock = 8;
    Response changed = app.request(conditional(path, "If-None-Match", tag));
    assertEquals(200, changed.status());
    assertNotEquals(tag, changed.header("ETag").orElseThrow());
    assertEquals(2, rendered);
  }

  @Test
  void otherTagsDatesAndMethodsGetThePage() {
    App app = app();
    assertEquals(200, app.request(conditional("/page", "If-None-Match", "\"x\"")).status());
    assertEquals(200, app.request(conditional("/page", "If-None-Match", "nonsense")).status());
    assertEquals(200, app.request(conditional("/page", "If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")).status());
    assertEquals(412, app.request(conditional("/page", "If-Match", app.request("/page").header("ETag").orElseThrow()))
        .status());
    Response posted = app.request(Request.post("/page").withHeader("If-None-Match", "*"));
    assertEquals("posted", posted.text());
    assertFalse(posted.headers().contains("ETag"));
  }

  @Test
  void whatIsNoPageHasNoVersion() {
    Response missing = app().request("/missing");
    assertEquals(404, missing.status());
    assertFalse(missing.headers().contains("ETag"));
  }

  @Test
  void aCompressedPageIsConfirmedToo() {
    App app = new App();
    app.use(Compression.create());
    app.get("/page", c -> version().answer(c, () -> c.html("<p>" + "tea ".repeat(1_000))));
    Response first = app.request(Request.get("/page").withHeader("Accept-Encoding", "gzip"));
    assertEquals("gzip", first.header("Content-Encoding").orElseThrow());
    Request again = conditional("/page", "If-None-Match", first.header("ETag").orElseThrow());
    assertEquals(304, app.request(again.withHeader("Accept-Encoding", "gzip")).status());
  }

  @Test
  void eachPartCounts() {
    PageVersion base = PageVersion.of("t").with("a", "b");
    List<PageVersion> all = List.of(base, PageVersion.of("u").with("a", "b"), base.with("c", 1), base.with("c", "11"),
        PageVersion
            .of("t")
            .with("ab", ""), PageVersion.of("t").with("a", "b1:c"), base.variant("x"), base.market("x"), base.with("c",
                Instant.EPOCH));
    assertEquals(all.size(), all.stream().map(PageVersion::tag).distinct().count());
    assertEquals(base.tag(), PageVersion.of("t").with("a", "b").tag());
  }

  @Test
  void aTwinHasAnotherVersion() {
    var app = new App();
    app.get("/page", c -> PageVersion.of("t")
        .twin(c)
        .answer(c, () -> MarkdownTwin.answer(c, () -> c.html("<p>"), () -> c.text(
            "md"))));
    Response html = app.request("/page");
    Response markdown = app.request(Request.get("/page").withHeader("Accept", "text/markdown"));
    assertNotEquals(html.header("ETag"), markdown.header("ETag"));
    assertEquals("Accept", html.headers().list("Vary").getFirst());
    Response confirmed = app.request(conditional("/page", "If-None-Match", html.header("ETag").orElseThrow()));
    assertEquals(304, confirmed.status());
    assertEquals(html.headers().list("Vary"), confirmed.headers().list("Vary"));
    assertEquals(200, app.request(conditional("/page", "If-None-Match", html.header("ETag").orElseThrow()).withHeader(
        "Accept",
        "text/markdown")).status());
  }

  @ParameterizedTest
  @CsvSource({"HX-Request, true", "Turbo-Frame, stock", "Datastar-Request, true"})
  void aPageDoesNotConfirmItsFragment(String field, String value) {
    var app = new App();
    app.use(Views.of(Map.of("page", "<h1>{{left}}</h1>{{$stock}}{{left}} left{{/stock}}"), ViewOptions.strict()));
    app.get("/page", c -> version().answer(c, () -> c.fragment("page", List.of("stock"), Map.of("left", 3))));
    Response page = app.request("/page");
    Request part = Request.get("/page").withHeader(field, value);
    Response fragment = app.request(part.withHeader("If-None-Match", page.header("ETag").orElseThrow()));
    assertEquals("3 left", fragment.text());
    Response again = app.request(part.withHeader("If-None-Match", fragment.header("ETag").orElseThrow()));
    assertEquals(304, again.status());
    assertEquals(page.headers().list("Vary"), again.headers().list("Vary"), "as the page says it");
    assertEquals(List.of(PartialRequest.VARY.split(", ")), again.headers().list("Vary"));
    assertNotEquals(fragment.header("ETag"), app.request(Request.get("/page").withHeader("Turbo-Frame", "price"))
        .header("ETag"));
  }

  private static App withPolicy() {
    var app = new App();
    app.use(SecureHeaders.create()
        .contentSecurityPolicy(ContentSecurityPolicy.strict()
            .withScriptHashes(List.of(
                "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="))));
    app.get("/before", c -> {
      String nonce = SecureHeaders.nonce(c);
      return PageVersion.of("t").answer(c, () -> c.html(nonce));
    });
    app.get("/within", c -> PageVersion.of("t").answer(c, () -> c.html(SecureHeaders.nonce(c))));
    app.get("/private", c -> c.html(SecureHeaders.nonce(c)));
    app.get("/hashed", c -> PageVersion.of("t").answer(c, () -> c.html("x")));
    app.onError((c, error) -> c.text(500, error.toString()));
    return app;
  }

  @Test
  void aNonceAndAVersionExcludeEachOther() {
    App app = withPolicy();
    for (String path : List.of("/before", "/within")) {
      Response refused = app.request(path);
      assertEquals(500, refused.status(), path);
      assertTrue(refused.text().contains("nonce"), refused.text());
    }
    String policy = app.request("/private").header("Content-Security-Policy").orElseThrow();
    assertTrue(policy.contains("'nonce-"), policy);
    assertEquals("no-store", app.request("/private").header("Cache-Control").orElseThrow());
  }

  @Test
  void aPageByHashesSaysTheSameEachTimeAlsoInA304() {
    App app = withPolicy();
    Response first = app.request("/hashed");
    Response again = app.request(conditional("/hashed", "If-None-Match", first.header("ETag").orElseThrow()));
    assertEquals(List.of(200, 304), Stream.of(first, again).map(Response::status).toList());
    assertEquals(first.header("Content-Security-Policy"), again.header("Content-Security-Policy"));
    assertTrue(first.header("Content-Security-Policy")
        .orElseThrow()
        .contains(
            "script-src 'strict-dynamic' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"), first.headers()
                .toString());
  }
}
