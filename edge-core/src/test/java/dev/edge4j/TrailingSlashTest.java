package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a slash at the end means is the application's to say; a path that has a route is never touched. */
class TrailingSlashTest {
  private static App app(TrailingSlash policy) {
    var app = new App().trailingSlash(policy);
    app.use("/a", (_, next) -> next.proceed().withHeader("Guard", "a"));
    app.get("/a", c -> c.text("a at " + c.path()));
    app.get("/b/", c -> c.text("b at " + c.path()));
    app.post("/b/", c -> c.text("posted"));
    app.get("/both", c -> c.text("without"));
    app.get("/both/", c -> c.text("with"));
    app.get("/p/:id", c -> c.text("p " + c.param("id").asString()));
    return app;
  }

  @Test
  void strictIsTheDefault() {
    var app = new App();
    app.get("/a", c -> c.text("a"));
    assertEquals(404, app.request("/a/").status());
  }

  @Test
  void ignoringItEveryoneSeesThePathOfTheRoute() {
    App app = app(TrailingSlash.IGNORE);
    Response response = app.request("/a/");
    assertEquals("a at /a", response.text());
    assertEquals(Optional.of("a"), response.header("Guard"));
    assertEquals("b at /b/", app.request("/b").text());
    assertEquals("p 7", app.request("/p/7/").text());
    assertEquals("without", app.request("/both").text());
    assertEquals("with", app.request("/both/").text());
    assertEquals(405, app.request(Request.of(Method.DELETE, "/a/")).status());
    assertEquals(404, app.request("/c/").status());
    assertEquals(404, app.request("/").status());
  }

  @ParameterizedTest
  @CsvSource({"GET,/a/,/a", "GET,/b,/b/", "POST,/b?x=1,/b/?x=1", "HEAD,/a/,/a", "GET,/p/%20%C3%A9/,/p/%20%C3%A9",
      "GET,/p/a%2Fb%25/,/p/a%2Fb%25", "DELETE,/a/,/a"})
  void redirectingKeepsMethodQueryAndEscapes(String method, String from, String to) {
    Response response = app(TrailingSlash.REDIRECT).request(Request.of(Method.of(method), from));
    assertEquals(308, response.status());
    assertEquals(Optional.of(to), response.header("Location"));
  }

  @Test
  void aRedirectNeverLeavesTheHost() {
    var app = new App().trailingSlash(TrailingSlash.REDIRECT);
    app.get("/:any", c -> c.text("x"));
    for (String raw : List.of("//evil.example/", "/%2e/evil.example/", "///evil.example/", "http://evil.example/x/")) {
      String location = app.request(raw).header("Location").orElseThrow();
      assertTrue(location.matches("/[^/].*"), raw + " went to " + location);
    }
  }

  @Test
  void aRedirectOfAMountedApplicationKeepsItsPrefix() {
    var outer = new App();
    outer.mount("/shop", app(TrailingSlash.REDIRECT));
    assertEquals(Optional.of("/shop/a?x"), outer.request("/shop/a/?x").header("Location"));
  }

  @Test
  void aMountedApplicationRedirectsWhereItWouldIgnoreSoThatNoGuardIsPassedBy() {
    var outer = new App().trailingSlash(TrailingSlash.IGNORE);
    outer.use("/shop/a", (c, _) -> c.text(403, "guarded"));
    outer.mount("/shop", app(TrailingSlash.IGNORE));
    assertEquals(403, outer.request("/shop/a").status());
    Response response = outer.request("/shop/a/");
    assertEquals(308, response.status());
    assertEquals(Optional.of("/shop/a"), response.header("Location"));
  }

  @Test
  void noRouteNoRedirect() {
    App app = app(TrailingSlash.REDIRECT);
    assertEquals(404, app.request("/nothing/").status());
    assertEquals(404, app.request("/").status());
    assertEquals("with", app.request("/both/").text());
  }

  @Test
  void anExpressionThatWouldReadTooMuchIs400UnderEveryPolicy() {
    for (TrailingSlash policy : TrailingSlash.values()) {
      var app = new App().trailingSlash(policy);
      var seen = new ArrayList<String>();
      app.use((c, next) -> {
        seen.add(c.path());
        return next.proceed();
      });
      app.get("/:x{(?=a).*}", c -> c.text("x"));
      String path = "/" + "a".repeat(2_000);
      assertEquals(400, app.request(path).status(), policy.toString());
      assertEquals(List.of(path), seen, policy.toString());
    }
  }

  @Test
  void aMountedApplicationHasItsOwnPolicy() {
    var outer = new App().trailingSlash(TrailingSlash.REDIRECT);
    outer.mount("/shop", app(TrailingSlash.STRICT));
    assertEquals(404, outer.request("/shop/a/").status());
  }
}
