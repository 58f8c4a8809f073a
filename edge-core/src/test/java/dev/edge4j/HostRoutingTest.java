package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.routing.PatternException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes of a host answer there and nowhere else, and so does their middleware. */
class HostRoutingTest {
  private final App app = new App();

  private Response get(String host, String target) {
    return app.request(Request.get(target).withHeader("Host", host));
  }

  @Test
  void theSamePathMeansSomethingElseOnAnotherHost() {
    app.host("api.example.com", api -> api.get("/", c -> c.text("api")));
    app.host(":tenant.example.com", tenants -> tenants.get("/:page?", c -> c.text(c.param("tenant").asString() + " "
        + c.param("page").orElse("home"))));
    app.host("*.example.net").get("/", c -> c.text("any of net"));
    app.get("/", c -> c.text("default"));
    assertEquals("api", get("api.example.com", "/").text());
    assertEquals("api", get("API.Example.com:8080", "/").text());
    assertEquals("api", get("api.example.com.", "/").text());
    assertEquals("acme home", get("acme.example.com", "/").text());
    assertEquals("acme x", get("acme.example.com", "/x").text());
    assertEquals("any of net", get("a.b.example.net", "/").text());
    assertEquals("default", get("example.net", "/").text());
    assertEquals("default", get("a.b.example.com", "/").text());
    assertEquals("default", app.request("/").text());
    assertEquals("api", get("other.example", "http://api.example.com/").text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%2Fb.example.com", "%2Fetc.example.com", "a/b.example.com", "a b.example.com",
      "..example.com", ".example.com", "a\\b.example.com", "[::1].example.com"})
  void aParameterIsALabelAndNothingElse(String host) {
    app.host(":tenant.example.com").get("/", c -> c.text("tenant " + c.param("tenant").asString()));
    app.host("*.example.com").get("/", c -> c.text("star"));
    app.get("/", c -> c.text("default"));
    assertEquals("default", get(host, "/").text());
  }

  @Test
  void middlewareAndNotFoundOfAHostStayThere() {
    app.host("api.example.com", api -> {
      api.use((_, next) -> next.proceed().withHeader("Api", "yes"));
      api.notFound(c -> c.text(404, "no such endpoint"));
      api.get("/a", c -> c.text("a"));
    });
    app.get("/b", c -> c.text("b"));
    assertEquals(Optional.of("yes"), get("api.example.com", "/a").header("Api"));
    assertEquals(Optional.empty(), get("api.example.com", "/b").header("Api"));
    assertEquals("no such endpoint", get("api.example.com", "/nothing").text());
    assertEquals(Optional.of("yes"), get("api.example.com", "/nothing").header("Api"));
    assertEquals(404, get("www.example.com", "/a").status());
    assertEquals(Optional.empty(), get("www.example.com", "/a").header("Api"));
  }

  @Test
  void allowNamesTheMethodsOfTheHost() {
    app.host("api.example.com").post("/x", c -> c.text("x"));
    app.get("/x", c -> c.text("x"));
    var request = Request.of(Method.DELETE, "/x");
    assertEquals(Optional.of("GET, HEAD, OPTIONS"), app.request(request).header("Allow"));
    assertEquals(Optional.of("GET, HEAD, OPTIONS, POST"),
        app.request(request.withHeader("Host", "api.example.com")).header("Allow"));
  }

  @Test
  void groupsAndMountsInsideKeepTheHost() {
    var shop = new App();
    shop.get("/cart", c -> c.text("cart"));
    app.host("shop.example.com", host -> host.group("/v1", v1 -> v1.get("/x", c -> c.text("x")).mount("/in", shop)));
    assertEquals("x", get("shop.example.com", "/v1/x").text());
    assertEquals("cart", get("shop.example.com", "/v1/in/cart").text());
    assertEquals(404, get("example.com", "/v1/x").status());
    assertEquals(404, get("example.com", "/v1/in/cart").status());
    assertEquals(List.of("shop.example.com/v1/x", "shop.example.com/v1/in/cart"),
        app.routes().stream().map(r -> r.host().orElse("") + r.pattern()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a..b", "*", "a.*.b", "a.example:80", ":.example.com", "http://a", "a/b", ":x.:x.com",
      "*x.com"})
  void whatIsNoHostIsRefused(String pattern) {
    assertThrows(PatternException.class, () -> app.host(pattern));
  }

  @Test
  void oneHostInsideAnotherAndOneNameForTwoThingsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> app.host("a.example").host("b.example"));
    assertThrows(IllegalArgumentException.class, () -> app.host(":id.example").get("/:id", c -> c.text("x")));
  }

  @Test
  void anInternationalNameIsWrittenAsClientsSendIt() {
    var e = assertThrows(PatternException.class, () -> app.host("münchen.example"));
    assertEquals(
        "pattern: \"münchen.example\" (expected: a host such as api.example.com, :tenant.example.com or *.example.com, "
            + "without a port, and an international name as clients send it, xn--...)", e.getMessage());
    app.host("xn--mnchen-3ya.example").get("/", c -> c.text("Grüß Gott"));
    assertEquals("Grüß Gott", get("xn--mnchen-3ya.example", "/").text());
  }
}
