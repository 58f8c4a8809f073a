package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code c.route()} names the pattern that was matched, for gates as for handlers, below mounts too, and nothing where none was. */
class RouteTellsThePatternTest {
  private final List<String> before = new ArrayList<>();
  private final List<String> after = new ArrayList<>();
  private final App app = new App();

  RouteTellsThePatternTest() {
    app.use(new Gate() {
      @Override
      public Verdict before(Context c) {
        before.add(c.route().orElse("-"));
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        after.add(c.route().orElse("-"));
        return response;
      }
    });
  }

  private void assertRoutes(String early, String late) {
    assertEquals(List.of(early), before);
    assertEquals(List.of(late), after);
  }

  @Test
  void aGateKnowsItBeforeTheHandlerRuns() {
    app.get("/products/:id{[0-9]+}", c -> c.text(c.route().orElseThrow()));
    assertEquals("/products/:id{[0-9]+}", app.request("/products/7").text());
    assertRoutes("/products/:id{[0-9]+}", "/products/:id{[0-9]+}");
  }

  @Test
  void middlewareWithAPatternOfItsOwnChangesNothing() {
    app.use("/a/*", (c, next) -> {
      assertEquals("/a/:b", c.route().orElseThrow());
      return next.proceed();
    });
    app.get("/a/:b", c -> c.text(""));
    assertEquals(200, app.request("/a/x").status());
  }

  @Test
  void aGroupsPrefixIsPartOfIt() {
    app.group("/api", api -> api.get("/things/:id", c -> c.text("")));
    app.request("/api/things/1");
    assertRoutes("/api/things/:id", "/api/things/:id");
  }

  @Test
  void ofAMountedApplicationItTellsOnceTheRequestIsThere() {
    var shop = new App();
    shop.get("/", c -> c.text(c.route().orElseThrow()));
    shop.get("/items/:id", c -> c.text(c.route().orElseThrow()));
    app.mount("/shop", shop);
    assertEquals("/shop/items/:id", app.request("/shop/items/1").text());
    assertRoutes("/shop/*", "/shop/items/:id");
    assertEquals("/shop", app.request("/shop").text());
    app.request("/shop/nowhere");
    assertEquals("/shop/*", after.getLast());
  }

  @Test
  void itsHostIsAPatternToo() {
    Handler host = c -> c.text(c.routeHost().orElse("any"));
    var shop = new App();
    shop.get("/", host);
    shop.host("a.example.com").get("/own", host);
    app.host("*.example.com").mount("/shop", shop);
    app.get("/", host);
    assertEquals("*.example.com", app.request(Request.get("/shop").withAuthority("a.example.com:80")).text());
    assertEquals("a.example.com", app.request(Request.get("/shop/own").withAuthority("a.example.com")).text());
    assertEquals("any", app.request(Request.get("/").withAuthority("a.example.com")).text());
  }

  @Test
  void whatHasNoRouteHasNone() {
    app.get("/a", c -> c.text(""));
    app.request("/nowhere");
    app.request(Request.of(Method.POST, "/a"));
    app.request(Request.of(Method.OPTIONS, "/a"));
    assertEquals(List.of("-", "-", "-"), before);
    assertEquals(List.of("-", "-", "-"), after);
  }
}
