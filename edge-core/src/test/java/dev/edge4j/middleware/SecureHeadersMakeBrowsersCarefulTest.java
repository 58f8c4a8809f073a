package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
    return new Request(request.method(), request.target(), request.headers(), request.body(), "https", request.peer());
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
  void aPolicyThatNoFieldCanHoldIsRefusedAtTheStart() {
    assertThrows(IllegalArgumentException.class, () -> SecureHeaders.create().contentSecurityPolicy("a\nb"));
    assertThrows(IllegalArgumentException.class, () -> SecureHeaders.create().contentSecurityPolicy(" "));
  }
}
