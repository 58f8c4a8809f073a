package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.structured.Item;
import dev.edge4j.http.structured.StructuredFields;
import dev.edge4j.middleware.secure.ContentSecurityPolicy;
import dev.edge4j.middleware.secure.ContentSecurityPolicy.Directive;
import dev.edge4j.middleware.secure.PermissionsPolicy;
import dev.edge4j.middleware.secure.StrictTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The careful fields stand on every response, and a handler's own word is the last. */
class SecureHeadersMakeBrowsersCarefulTest {
  private static App app(SecureHeaders headers) {
    var app = new App();
    app.use(headers);
    app.get("/", c -> c.text("ok"));
    app.get("/framed", c -> c.text("ok").withHeader("x-frame-options", "DENY"));
    return app;
  }

  private static Request tls(Request request) {
    return request.withScheme("https");
  }

  @Test
  void onAnswersAndOnErrors() {
    for (String path : new String[]{"/", "/nowhere"}) {
      Response response = app(SecureHeaders.create()).request(path);
      assertEquals(Optional.of("nosniff"), response.header("X-Content-Type-Options"));
      assertEquals(Optional.of("SAMEORIGIN"), response.header("X-Frame-Options"));
      assertEquals(Optional.of("strict-origin-when-cross-origin"), response.header("Referrer-Policy"));
      assertEquals(Optional.of("same-origin"), response.header("Cross-Origin-Opener-Policy"));
      assertEquals(Optional.of("same-origin"), response.header("Cross-Origin-Resource-Policy"));
      assertFalse(response.headers().contains("Content-Security-Policy"));
      assertFalse(response.headers().contains("Permissions-Policy"));
    }
  }

  @Test
  void strictTransportSecurityStandsOverTlsAlone() {
    App app = app(SecureHeaders.create());
    assertFalse(app.request("/").headers().contains("Strict-Transport-Security"));
    assertEquals(Optional.of("max-age=15552000"), app.request(tls(Request.get("/")))
        .header("Strict-Transport-Security"));
  }

  @Test
  void whatAHandlerSetStays() {
    assertEquals(List.of("DENY"), app(SecureHeaders.create()).request("/framed").headers().all("X-Frame-Options"));
  }

  @Test
  void fieldsCanBeAddedChangedAndLeftOut() {
    SecureHeaders headers = SecureHeaders.create()
        .contentSecurityPolicy("default-src 'self'")
        .with("Referrer-Policy", "no-referrer")
        .without("X-Frame-Options");
    Response response = app(headers).request("/");
    assertEquals(Optional.of("default-src 'self'"), response.header("Content-Security-Policy"));
    assertEquals(List.of("no-referrer"), response.headers().all("Referrer-Policy"));
    assertFalse(response.headers().contains("X-Frame-Options"));
  }

  @Test
  void policiesThatAreBuilt() {
    Response response = app(SecureHeaders.create()
        .contentSecurityPolicy(ContentSecurityPolicy.ownOrigin().reportTo("csp"))
        .contentSecurityPolicy(ContentSecurityPolicy.nothing().reportOnly())
        .permissionsPolicy(PermissionsPolicy.denying("camera"))
        .strictTransport(StrictTransport.of(Duration.ofDays(730)).includingSubDomains().preloaded())
        .reportingEndpoint("csp", "https://reports.example/csp")
        .reportingEndpoint("own", "/reports?a=\"b\"")
        .crossOriginIsolated()).request(tls(Request.get("/")));
    assertEquals(Optional.of(
        "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; report-to csp"),
        response.header("Content-Security-Policy"));
    assertEquals(Optional.of("default-src 'none'; frame-ancestors 'none'"), response.header(
        "Content-Security-Policy-Report-Only"));
    assertEquals(Optional.of("camera=()"), response.header("Permissions-Policy"));
    assertEquals(Optional.of("max-age=63072000; includeSubDomains; preload"), response.header(
        "Strict-Transport-Security"));
    assertEquals(Optional.of(Map.of("csp", Item.of("https://reports.example/csp"), "own", Item.of(
        "/reports?a=\"b\""))), StructuredFields.dictionary(response.headers(), "Reporting-Endpoints"));
    assertEquals(Optional.of("require-corp"), response.header("Cross-Origin-Embedder-Policy"));
    assertEquals(Optional.of("?1"), response.header("Origin-Agent-Cluster"));
    assertFalse(response.headers().contains("X-XSS-Protection"));
  }

  @Test
  void whatNamesTheSoftwareIsTakenOut() {
    var app = new App();
    app.use(SecureHeaders.create());
    app.get("/", c -> c.text("ok").withHeader("server", "Apache/2.2.3").withHeader("X-Powered-By", "PHP/5.1"));
    Response response = app.request("/");
    assertFalse(response.headers().contains("Server"));
    assertFalse(response.headers().contains("X-Powered-By"));
  }

  private static App pages(ContentSecurityPolicy policy) {
    var app = new App();
    app.use(SecureHeaders.create().contentSecurityPolicy(policy));
    app.get("/page", c -> c.text(SecureHeaders.nonce(c) + " " + SecureHeaders.nonce(c))
        .withHeader("Cache-Control", "public, max-age=60"));
    app.get("/plain", c -> c.text("ok").withHeader("Cache-Control", "public, max-age=60"));
    app.get("/own", c -> c.text(SecureHeaders.nonce(c)).withHeader("Content-Security-Policy", "default-src *"));
    return app;
  }

  @Test
  void aNonceIsMadeForWhoAsksAndNobodyStoresThePage() {
    App app = pages(ContentSecurityPolicy.strict());
    Response page = app.request("/page");
    String[] nonces = page.text().split(" ", 2);
    assertEquals(nonces[0], nonces[1]);
    assertTrue(nonces[0].matches("[A-Za-z0-9_-]{22}"), nonces[0]);
    assertTrue(page.header("Content-Security-Policy")
        .orElseThrow()
        .contains("script-src 'nonce-" + nonces[0] + "' 'strict-dynamic'"));
    assertEquals(List.of("no-store"), page.headers().all("Cache-Control"));
    assertNotEquals(nonces[0], app.request("/page").text().split(" ", 2)[0]);
  }

  @Test
  void withoutANonceThePageStaysAsItWasAndNoScriptGetsIn() {
    Response plain = pages(ContentSecurityPolicy.ownOrigin()
        .with(Directive.SCRIPT_SRC, ContentSecurityPolicy.NONCE)).request("/plain");
    assertTrue(plain.header("Content-Security-Policy").orElseThrow().contains("script-src 'none'"));
    assertEquals(Optional.of("public, max-age=60"), plain.header("Cache-Control"));
  }

  @Test
  void bothPoliciesHaveTheSameNonce() {
    ContentSecurityPolicy strict = ContentSecurityPolicy.strict();
    var app = new App();
    app.use(SecureHeaders.create().contentSecurityPolicy(strict).contentSecurityPolicy(strict.reportOnly()));
    app.get("/", c -> c.text(SecureHeaders.nonce(c)));
    Response page = app.request("/");
    assertEquals(Optional.of(strict.fieldValue(page.text())), page.header("Content-Security-Policy"));
    assertEquals(page.header("Content-Security-Policy"), page.header("Content-Security-Policy-Report-Only"));
  }

  @Test
  void aHandlersOwnPolicyStays() {
    Response own = pages(ContentSecurityPolicy.strict()).request("/own");
    assertEquals(List.of("default-src *"), own.headers().all("Content-Security-Policy"));
  }

  @Test
  void aNonceThatNoPolicyLetsInIsAnError() {
    assertEquals(500, pages(ContentSecurityPolicy.ownOrigin()).request("/page").status());
    var replaced = new App();
    replaced.use(SecureHeaders.create()
        .contentSecurityPolicy(ContentSecurityPolicy.strict())
        .contentSecurityPolicy("default-src 'self'"));
    replaced.get("/", c -> c.text(SecureHeaders.nonce(c)));
    assertEquals(500, replaced.request("/").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://reports.example", "//reports.example", "javascript:x", "https://a\nb",
      "https://\u00e9"})
  void endpointsThatAreNoneAreRefusedAtTheStart(String address) {
    assertThrows(IllegalArgumentException.class, () -> SecureHeaders.create().reportingEndpoint("csp", address));
  }

  @Test
  void aPolicyThatNoFieldCanHoldIsRefusedAtTheStart() {
    assertThrows(IllegalArgumentException.class, () -> SecureHeaders.create().contentSecurityPolicy("a\nb"));
    assertThrows(IllegalArgumentException.class, () -> SecureHeaders.create().contentSecurityPolicy(" "));
  }
}
