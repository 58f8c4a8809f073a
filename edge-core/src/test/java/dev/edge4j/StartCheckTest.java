package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Method;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A route that can never answer is found at start, with the one that shadows it. */
class StartCheckTest {
  private static final Handler OK = c -> c.text("x");

  private final App app = new App().unreachable(Unreachable.FAIL);

  private String finding() {
    return String.valueOf(assertThrows(IllegalStateException.class, app::seal).getMessage());
  }

  @Test
  void theSamePatternTwice() {
    app.get("/a", OK).get("/a", OK);
    assertEquals("route GET /a can never answer: GET /a is registered before it", finding());
  }

  @Test
  void aParameterBeforeAText() {
    app.get("/users/:id", OK).get("/users/me", OK);
    assertEquals("route GET /users/me can never answer: GET /users/:id is registered before it", finding());
  }

  @Test
  void aStarOrAMountedApplicationBeforeEverythingBelowIt() {
    app.group("/api", api -> api.all("/*", OK));
    app.post("/api/orders/:id", OK);
    app.mount("/shop", new App());
    app.get("/shop/*path", OK);
    assertEquals("""
        route POST /api/orders/:id can never answer: * /api/* is registered before it
        route GET /shop/*path can never answer: * /shop/* is registered before it""", finding());
  }

  @Test
  void anOptionalParameterOnlyIfAllThatItMeansIsTaken() {
    app.get("/a", OK).get("/a/:x?", OK);
    app.seal();
    var both = new App().unreachable(Unreachable.FAIL);
    both.get("/b/:x?", OK).get("/b", OK);
    assertThrows(IllegalStateException.class, both::seal);
  }

  @Test
  void whatCanAnswerSomewhereIsLetBe() {
    app.host("a.example").get("/users/me", OK);
    app.get("/users/me", OK).get("/users/:id", OK).post("/users/:id", OK).get("/users/:id{[0-9]+}/x", OK);
    app.get("/a/:x/b", OK).get("/a/b/:x", OK).get("/:x.json", OK).get("/:x", OK).get("/*", OK).all("/*", OK);
    app.seal();
  }

  @Test
  void aRouteForEveryHostShadowsThoseOfOneHost() {
    app.get("/x", OK);
    app.host("a.example").get("/x", OK);
    assertEquals("route GET a.example/x can never answer: GET /x is registered before it", finding());
  }

  @Test
  void byDefaultItIsAWarning() {
    var warned = new App();
    warned.get("/a", OK).get("/a", c -> c.text("never"));
    assertEquals("x", warned.request("/a").text());
  }

  @Test
  void aServerDoesNotStart() {
    app.get("/a", OK).get("/a", OK);
    assertThrows(IllegalStateException.class, () -> Server.start(app, ServerOptions.port(0)));
  }

  @Test
  void afterTheServerHasStartedNoRouteIsTaken() {
    app.get("/a", OK);
    try (Server _ = Server.start(app, ServerOptions.port(0))) {
      var e = assertThrows(IllegalStateException.class, () -> app.get("/late", OK));
      assertTrue(String.valueOf(e.getMessage()).contains("has started"), e.getMessage());
    }
  }

  @Test
  void anOptionalParameterWhoseRoutesAreTakenOneByOne() {
    app.get("/a", OK).get("/a/:y", OK).get("/a/:x?", OK);
    assertEquals("route GET /a/:x? can never answer: GET /a and GET /a/:y are registered before it", finding());
  }

  @Test
  void aHostWithAParameterShadowsThoseThatItMayStandFor() {
    app.host(":tenant.example.com").get("/x", OK);
    app.host("api.example.com").get("/x", OK);
    app.host(":other.example.com").get("/x", OK);
    app.host("*.example.com").get("/x", OK);
    app.host("a.b.example.com").get("/x", OK);
    assertEquals("""
        route GET api.example.com/x can never answer: GET :tenant.example.com/x is registered before it
        route GET :other.example.com/x can never answer: GET :tenant.example.com/x is registered before it
        route GET a.b.example.com/x can never answer: GET *.example.com/x is registered before it""", finding());
  }

  @Test
  void headHasItsOwnRouteBehindThatOfGet() {
    app.get("/a", OK).on(Method.HEAD, "/a", OK);
    app.seal();
  }

  @Test
  void middlewareBehindAMountThatItShouldStandAround() {
    Middleware guard = (_, next) -> next.proceed();
    app.mount("/shop", new App()).use("/shop/*", guard).use("/other/*", guard).get("/other/x", OK);
    assertEquals(List.of("middleware " + guard.name()
        + " at /shop/* stands around no route: * /shop/* is registered before it. "
        + "It runs only where nothing is found."), new StartCheck(app.registrations()).lateMiddleware());
  }

  @Test
  void oneAmongTwoThousandRoutesIsFound() {
    for (int i = 0; i < 500; i++) {
      String base = "/area" + i % 40 + "/thing" + i;
      app.get(base, OK).post(base, OK).get(base + "/:id", OK).get(base + "/:id/part/:part{[0-9]+}", OK);
    }
    app.get("/area7/thing7", OK);
    assertEquals("route GET /area7/thing7 can never answer: GET /area7/thing7 is registered before it", finding());
  }
}
