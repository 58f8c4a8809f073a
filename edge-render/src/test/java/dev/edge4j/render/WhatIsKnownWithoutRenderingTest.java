package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.middleware.secure.ContentSecurityPolicy;
import dev.edge4j.render.site.PageVersion;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Versions of templates, hashes of inline scripts and addresses of assets are there at start; a nonce comes from the request. */
class WhatIsKnownWithoutRenderingTest {
  private static final Map<String, String> SOURCES = Map.of("layout", "<p>{{$main}}{{/main}}</p>{{>foot}}", "foot",
      "<i>foot</i>",
      "page", "{{<layout}}{{$main}}{{>row}}{{/main}}{{/layout}}", "row", "row", "other", "other");

  private static Views with(String name, String source) {
    Map<String, String> changed = new HashMap<>(SOURCES);
    changed.put(name, source);
    return Views.of(changed, ViewOptions.strict());
  }

  @Test
  void theVersionChangesWithAnythingThatIsIncludedAndNothingElse() {
    String version = Views.of(SOURCES, ViewOptions.strict()).version("page");
    assertTrue(version.matches("[0-9a-f]{16}"), version);
    assertEquals(version, with("other", "changed").version("page"));
    for (String included : Set.of("page", "layout", "foot", "row")) {
      assertNotEquals(version, with(included, SOURCES.get(included) + " ").version("page"), included);
    }
    assertThrows(TemplateException.class, () -> Views.of(SOURCES, ViewOptions.strict()).version("pag"));
  }

  private static Views deployed(String hash) {
    Map<String, String> sources = Map.of("page",
        "{{<layout}}{{$main}}{{#tea}}<p>{{name}}</p>{{/tea}}{{/main}}{{/layout}}",
        "layout", "{{>style}}{{$main}}{{>logo}}{{/main}}",
        "style", "<link rel=\"stylesheet\" href=\"{{#edge.asset}}app.css{{/edge.asset}}\">",
        "logo", "<img src=\"{{#edge.asset}}logo.svg{{/edge.asset}}\">");
    return Views.of(sources, ViewOptions.strict()
        .withAssets(file -> "/assets/" + (file.equals("app.css") ? "app." + hash + ".css" : file)));
  }

  @Test
  void theVersionChangesWithTheAddressOfAnyAssetInThePageAndNoOther() {
    for (String page : Set.of("page", "layout", "style")) {
      assertNotEquals(deployed("1").version(page), deployed("2").version(page), page);
      assertEquals(deployed("1").version(page), deployed("1").version(page), page);
    }
    assertEquals(deployed("1").version("logo"), deployed("2").version("logo"));
  }

  @Test
  void aPageWhoseAssetsAreGoneIsNotConfirmed() {
    Request request = Request.get("/");
    String tag = visited(deployed("1"), request).header("ETag").orElseThrow();
    Request again = request.withHeader("If-None-Match", tag);
    assertEquals(304, visited(deployed("1"), again).status());
    Response changed = visited(deployed("2"), again);
    assertEquals(200, changed.status());
    assertTrue(changed.text().contains("/assets/app.2.css"), changed.text());
  }

  private static Response visited(Views views, Request request) {
    var app = new App();
    app.use(views);
    app.get("/", c -> PageVersion.of(views.version("page"))
        .answer(c, () -> c.render("page", Map.of("tea", List.of()))));
    return app.request(request);
  }

  @Test
  void aKeptPageWhoseAssetsAreGoneIsNotTaken() {
    byte[] kept = deployed("1").segments("page", Map.of("tea", Hole.named("tea"))).encode();
    assertEquals(List.of("tea"), deployed("1").segmentedPage(kept).holes());
    assertThrows(IllegalArgumentException.class, () -> deployed("2").segmentedPage(kept));
  }

  @Test
  void inlineScriptsAndStyleSheetsWithoutValuesAreHashed() throws Exception {
    String page = "<style>\n p { color: red }\n</style><script>let a = 1;</script><script type=\"module\">{{>code}}</script>"
        + "<script>let b = {{x}};</script><script src=\"/a.js\"></script><script type=\"application/json\">{}</script>";
    Views views = Views.of(Map.of("page", page, "code", "let c;"), ViewOptions.strict());
    assertEquals(Set.of(hash("\n p { color: red }\n"), hash("let a = 1;"), hash("let c;")), views.inlineHashes());
  }

  private static String hash(String content) throws Exception {
    return "'sha256-" + Base64.getEncoder()
        .encodeToString(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8))) + "'";
  }

  @Test
  void assetsAreLookedUpAtStart() {
    ViewOptions options = ViewOptions.strict().withAssets(file -> "/assets/" + file.replace(".", ".1f2e."));
    Views views = Views.of(Map.of("page", "<link rel=\"stylesheet\" href=\"{{#edge.asset}} app.css {{/edge.asset}}\">"),
        options);
    assertEquals("<link rel=\"stylesheet\" href=\"/assets/app.1f2e.css\">", new String(views.render("page", Map.of()),
        UTF_8));
  }

  @Test
  void theNonceIsThatOfTheRequest() {
    var app = new App();
    app.use(SecureHeaders.create().contentSecurityPolicy(ContentSecurityPolicy.strict()));
    app.use(Views.of(Map.of("page", "<script nonce=\"{{edge.nonce}}\">let a = {{x}};</script>"), ViewOptions.strict()));
    app.get("/", c -> c.render("page", Map.of("x", 1)));
    Response response = app.request("/");
    String policy = response.header("Content-Security-Policy").orElseThrow();
    String nonce = policy.replaceAll(".*'nonce-([^']+)'.*", "$1");
    assertEquals("<script nonce=\"" + nonce + "\">let a = 1;</script>", response.text());
  }

  @Test
  void outsideOfARequestThereIsNoNonce() {
    Views views = Views.of(Map.of("page", "<p title=\"{{edge.nonce}}\">"), ViewOptions.strict());
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> views.render("page", Map.of()));
    assertTrue(String.valueOf(e.getMessage()).contains("c.render"));
  }
}
