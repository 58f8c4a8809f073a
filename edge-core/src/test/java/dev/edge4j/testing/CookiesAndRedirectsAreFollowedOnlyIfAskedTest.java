package dev.edge4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A client forgets cookies and stays where it is, unless it is told to behave like a browser. */
class CookiesAndRedirectsAreFollowedOnlyIfAskedTest {
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-05-01T12:00:00Z"));
  private final App app = new App().time(clock);

  private TestClient client() {
    return client(Transport.IN_PROCESS);
  }

  private TestClient client(Transport way) {
    app.get("/set", c -> Response.of(204).withHeader("Set-Cookie", c.query("line").asString()));
    app.get("/login", c -> c.redirect("/seen").withCookie(SetCookie.of("user", "ada").withMaxAge(Duration.ofHours(1))));
    app.get("/logout", c -> c.redirect("/seen").withCookie(SetCookie.delete("user")));
    app.get("/seen", c -> c.text(c.header("Cookie").orElse("none")));
    app.get("/seen/below", c -> c.text(c.header("Cookie").orElse("none")));
    app.get("/loop", c -> c.redirect("/loop"));
    app.all("/to", c -> Response.redirect(c.query("status").asInt(), c.query("where").asString()));
    app.all("/echo", c -> c.text(c.method() + " " + c.query("q").orElse("") + " " + c.header("Content-Type").orElse("-")
        + " " + c.bodyText()));
    return TestClient.of(app, way);
  }

  @ParameterizedTest
  @EnumSource
  void asABrowserItStaysLoggedIn(Transport way) {
    try (var client = client(way)) {
      TestClient browser = client.keepingCookies().followingRedirects();
      assertEquals("user=ada", browser.get("/login").text());
      assertEquals("user=ada", browser.get("/seen").text());
      assertEquals("none", client.keepingCookies().get("/seen").text());
      assertEquals("none", browser.get("/logout").text());
    }
  }

  @Test
  void otherwiseNeither() {
    try (var client = client()) {
      Response login = client.get("/login");
      assertEquals(303, login.status());
      assertEquals(Optional.of("/seen"), login.header("Location"));
      assertEquals("none", client.get("/seen").text());
    }
  }

  @Test
  void cookiesEndByTheApplicationsTime() {
    try (var client = client().keepingCookies()) {
      client.get("/login");
      clock.advance(Duration.ofMinutes(59));
      assertEquals("user=ada", client.get("/seen").text());
      clock.advance(Duration.ofMinutes(1));
      assertEquals("none", client.get("/seen").text());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"a=1| a=1| a=1", "a=1; Path=/seen/| none| a=1", "a=1; Path=/seen| a=1| a=1",
      "a=1; Path=/see| none| none", "a=1; Max-Age=0| none| none", "a=1; max-age=-5| none| none",
      "a=1; Max-Age=x| a=1| a=1", "a=1; Expires=Fri, 01 May 2026 12:00:01 GMT| a=1| a=1",
      "a=1; Expires=Fri, 01 May 2026 12:00:00 GMT| none| none",
      "a=1; Max-Age=9; Expires=Fri, 01 May 2026 11:00:00 GMT| a=1| a=1", "a=1; Secure; HttpOnly| a=1| a=1",
      "=1| none| none", "a| none| none", "a=b=c| a=b=c| a=b=c"})
  void attributesSayWhereAndHowLong(String line, String atSeen, String below) {
    try (var client = client().keepingCookies()) {
      String encoded = line.replace("=", "%3D").replace(" ", "+").replace(";", "%3B");
      assertEquals(204, client.get("/set?line=" + encoded).status());
      assertEquals(atSeen, client.get("/seen").text());
      assertEquals(below, client.get("/seen/below").text());
    }
  }

  @Test
  void ownCookiesComeFirstThenTheLongerPath() {
    try (var client = client().keepingCookies()) {
      client.get("/set?line=a%3D1");
      client.get("/set?line=a%3D2%3BPath%3D/seen");
      client.get("/set?line=b%3D3");
      client.get("/set?line=b%3D4");
      assertEquals("own=0; a=2; a=1; b=4", client.send(Request.get("/seen").withHeader("Cookie", "own=0")).text());
    }
  }

  @ParameterizedTest
  @CsvSource({"301, GET", "302, GET", "303, GET", "307, POST", "308, POST"})
  void theStatusSaysWhetherThePostIsRepeated(int status, String method) {
    try (var client = client().followingRedirects()) {
      Request post = Request.post("/to?where=/echo&status=" + status)
          .withBody(MediaType.TEXT, "body".getBytes(StandardCharsets.UTF_8));
      assertEquals(method.equals("POST") ? "POST  " + MediaType.TEXT + " body" : "GET  - ", client.send(post).text());
    }
  }

  @ParameterizedTest
  @CsvSource({"/echo?q=1, 200", "echo?q=1, 200", "./echo?q=1#f, 200", "http://localhost/echo?q=1, 200",
      "http://elsewhere/echo?q=1, 302", "//elsewhere/echo?q=1, 302", "https://localhost/echo?q=1, 302"})
  void locationsOfTheSameHostAreFollowed(String location, int status) {
    try (var client = client().followingRedirects()) {
      String where = location.replace("?", "%3F").replace("=", "%3D").replace("#", "%23");
      Response response = client.get("/to?status=302&where=" + where);
      assertEquals(status, response.status());
      assertEquals(status == 200 ? "GET 1 - " : "", response.text());
    }
  }

  @Test
  void headStaysHeadAndALoopIsAnError() {
    try (var client = client().followingRedirects()) {
      assertEquals(200, client.send(Method.HEAD, "/to?status=302&where=/echo").status());
      IllegalStateException e = assertThrows(IllegalStateException.class, () -> client.get("/loop"));
      assertEquals("more than 10 redirects from /loop, the last to /loop", e.getMessage());
    }
  }
}
