package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of the origins that are named may ask, and no others; browsers and caches are told what they need for that. */
class CorsLetsInWhomItNamesTest {
  private static final String ADMIN = "https://admin.example.com";

  private final AtomicInteger handled = new AtomicInteger();

  private App app(Cors cors) {
    var app = new App();
    app.use(cors);
    app.all("/*", c -> {
      handled.incrementAndGet();
      return c.text("done").withHeader("Vary", "Accept");
    });
    return app;
  }

  private static Request from(String origin, Method method) {
    return Request.of(method, "/").withHeader("Host", "shop.example.com").withHeader("Origin", origin);
  }

  private static Request preflight(String origin) {
    return from(origin, Method.OPTIONS).withHeader("Access-Control-Request-Method", "PUT");
  }

  @Test
  void aPreflightIsAnsweredWithoutAHandler() {
    Response answer = app(Cors.of("https://one.example", ADMIN)
        .credentials()
        .methods(Method.GET, Method.PUT)
        .headers("X-A", "X-B")
        .exposing("X-C")
        .maxAge(Duration.ofMinutes(1))).request(preflight(ADMIN));
    assertEquals(204, answer.status());
    assertEquals(Optional.of(ADMIN), answer.header("Access-Control-Allow-Origin"));
    assertEquals(Optional.of("true"), answer.header("Access-Control-Allow-Credentials"));
    assertEquals(Optional.of("GET, PUT"), answer.header("Access-Control-Allow-Methods"));
    assertEquals(Optional.of("X-A, X-B"), answer.header("Access-Control-Allow-Headers"));
    assertEquals(Optional.of("60"), answer.header("Access-Control-Max-Age"));
    assertEquals(Optional.empty(), answer.header("Access-Control-Expose-Headers"));
    assertEquals(List.of("Origin"), answer.headers().list("Vary"));
    assertEquals(0, handled.get());
  }

  @Test
  void aRequestIsHandledAndShown() {
    Response answer = app(Cors.of(ADMIN).exposing("X-C")).request(from(ADMIN, Method.PUT));
    assertEquals("done", answer.text());
    assertEquals(Optional.of(ADMIN), answer.header("Access-Control-Allow-Origin"));
    assertEquals(Optional.empty(), answer.header("Access-Control-Allow-Credentials"));
    assertEquals(Optional.of("X-C"), answer.header("Access-Control-Expose-Headers"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://admin.example.com.evil.example", "http://admin.example.com",
      "https://admin.example.com:8443", "https://evil.example", "null", "https://admin.example.com/", "", "*"})
  void anotherOriginReachesNoHandler(String origin) {
    App app = app(Cors.of(ADMIN).credentials());
    for (Request request : List.of(from(origin, Method.PUT), from(origin, Method.GET), preflight(origin))) {
      Response answer = app.request(request);
      assertEquals(403, answer.status(), origin);
      assertEquals(Optional.empty(), answer.header("Access-Control-Allow-Origin"));
      assertEquals(true, answer.headers().list("Vary").contains("Origin"));
    }
    assertEquals(0, handled.get());
  }

  @Test
  void programsOurOwnPagesAndPlainOptionsPass() {
    App app = app(Cors.of(ADMIN));
    assertEquals(200, app.request("/").status());
    assertEquals(200, app.request(from("https://shop.example.com", Method.POST)).status());
    assertEquals(200, app.request(from(ADMIN, Method.OPTIONS)).status());
    assertEquals(3, handled.get());
  }

  /** CVE-2026-54290: any origin was sent back to it, with credentials. */
  @Test
  void cve202654290NoOriginIsReflectedWithCredentials() {
    assertThrows(IllegalStateException.class, () -> Cors.any().credentials());
    Response answer = app(Cors.any()).request(from("https://evil.example", Method.GET));
    assertEquals(Optional.of("*"), answer.header("Access-Control-Allow-Origin"));
    assertEquals(Optional.empty(), answer.header("Access-Control-Allow-Credentials"));
    assertEquals(List.of("Accept"), answer.headers().list("Vary"));
  }

  /** GHSA-q7jf-gf43-6x6p: what a client sent found its way into Vary. */
  @Test
  void ghsaQ7jfGf436x6pVaryIsOursAlone() {
    App app = app(Cors.of(ADMIN));
    for (Request request : List.of(from(ADMIN, Method.GET), from("https://evil.example", Method.GET), Request.get("/")
        .withHeader("Vary", "X-Evil"), preflight(ADMIN).withHeader("Access-Control-Request-Headers", "Vary, X-Evil"))) {
      List<String> vary = app.request(request).headers().list("Vary");
      assertEquals(true, List.of("Origin", "Accept").containsAll(vary) && vary.contains("Origin"), vary.toString());
    }
  }

  @Test
  void badConfigurationIsRefusedAtTheStart() {
    assertThrows(IllegalArgumentException.class, () -> Cors.of("admin.example.com"));
    assertThrows(IllegalArgumentException.class, () -> Cors.of("https://admin.example.com/path"));
    assertThrows(IllegalArgumentException.class, () -> Cors.of("null"));
    assertThrows(IllegalArgumentException.class, () -> Cors.of("*"));
    assertThrows(IllegalArgumentException.class, () -> Cors.any().maxAge(Duration.ofDays(2)));
    assertThrows(IllegalArgumentException.class, () -> Cors.any().headers("X\r\nY"));
  }

  /** A cache gives what one page or program got to the next; no Vary tells them apart. */
  @Test
  void whatIsForAnybodySaysSoToAnybody() {
    App app = app(Cors.any().exposing("X-C"));
    for (Request request : List.of(Request.get("/"), from("https://a.example", Method.GET), from(
        "https://shop.example.com", Method.GET))) {
      Response answer = app.request(request);
      assertEquals(Optional.of("*"), answer.header("Access-Control-Allow-Origin"));
      assertEquals(Optional.of("X-C"), answer.header("Access-Control-Expose-Headers"));
      assertEquals(List.of("Accept"), answer.headers().list("Vary"));
    }
  }
}
