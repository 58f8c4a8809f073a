package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What another site makes a browser send is refused; what the own pages, the visitor and programs send is not. */
class CsrfRefusesOtherSitesTest {
  private static App app(Csrf csrf) {
    var app = new App();
    app.use(csrf);
    app.all("/", c -> c.text("ok"));
    return app;
  }

  private static Request post(String host) {
    return Request.post("/").withHeader("Host", host);
  }

  @ParameterizedTest
  @CsvSource({"same-origin, 200", "none, 200", "same-site, 403", "cross-site, 403", "'', 403", "Same-Origin, 403"})
  void theBrowserSaysWhereARequestComesFrom(String site, int expected) {
    assertEquals(expected, app(Csrf.create()).request(post("shop.example").withHeader("Sec-Fetch-Site", site))
        .status());
  }

  @ParameterizedTest
  @CsvSource({"https://shop.example, shop.example, 200", "http://shop.example, shop.example, 200",
      "https://SHOP.example, shop.example:443, 200", "http://localhost:8080, localhost:8080, 200",
      "https://[::1]:8443, [::1]:8443, 200", "http://localhost:8081, localhost:8080, 403",
      "https://evil.example, shop.example, 403", "https://shop.example.evil.example, shop.example, 403",
      "https://evil.example, '', 403", "null, shop.example, 403", "'', shop.example, 403",
      "shop.example, shop.example, 403",
      "https://shop.example:8443, shop.example, 403", "https://user@shop.example, evil.example, 403"})
  void anOldBrowserIsJudgedByItsOrigin(String origin, String host, int expected) {
    assertEquals(expected, app(Csrf.create()).request(post(host).withHeader("Origin", origin)).status());
  }

  @Test
  void anAbsoluteTargetNamesTheHostAndNoFieldBesideIt() {
    Request absolute = Request.post("http://shop.example:8080/").withHeader("Host", "evil.example");
    assertEquals(200, app(Csrf.create()).request(absolute.withHeader("Origin", "http://shop.example:8080")).status());
    assertEquals(403, app(Csrf.create()).request(absolute.withHeader("Origin", "http://evil.example")).status());
  }

  @Test
  void programsPass() {
    assertEquals(200, app(Csrf.create()).request(Request.post("/")).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "PROPPATCH"})
  void everyUnsafeMethodAndEveryContentTypeCounts(String method) {
    Request request = Request.of(Method.of(method), "/").withJson("{}").withHeader("Sec-Fetch-Site", "cross-site");
    assertEquals(403, app(Csrf.create()).request(request).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void safeMethodsPass(String method) {
    Request request = Request.of(Method.of(method), "/").withHeader("Sec-Fetch-Site", "cross-site");
    assertEquals(200, app(Csrf.create()).request(request).status());
  }

  @Test
  void originsCanBeTrusted() {
    App app = app(Csrf.create().trusting("https://admin.example"));
    Request request = post("shop.example").withHeader("Sec-Fetch-Site", "cross-site");
    assertEquals(200, app.request(request.withHeader("Origin", "https://admin.example")).status());
    assertEquals(403, app.request(request.withHeader("Origin", "http://admin.example")).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "admin.example", "https://admin.example/", "https://*.example", "https://a b"})
  void whatIsNoOriginIsRefusedAtTheStart(String origin) {
    assertThrows(IllegalArgumentException.class, () -> Csrf.create().trusting(origin));
  }
}
