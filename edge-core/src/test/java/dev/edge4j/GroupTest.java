package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a group registers stays in the group. */
class GroupTest {
  private static Middleware mark(String name) {
    return (_, next) -> next.proceed().withAddedHeader("Mark", name);
  }

  private static List<String> marks(Response response) {
    return response.headers().all("Mark");
  }

  @Test
  void middlewareOfAGroupDoesNotReachASiblingWithTheSamePrefix() {
    var app = new App();
    app.group("/api", api -> api.use(mark("first")).get("/a", c -> c.text("a")));
    app.group("/api", api -> api.use(mark("second")).get("/b", c -> c.text("b")));
    app.get("/api/c", c -> c.text("c"));
    assertEquals(List.of("first"), marks(app.request("/api/a")));
    assertEquals(List.of("second"), marks(app.request("/api/b")));
    assertEquals(List.of(), marks(app.request("/api/c")));
  }

  @Test
  void middlewareOfTheParentStandsAroundThatOfTheGroup() {
    var app = new App();
    app.use(mark("outer"));
    app.group("/api", api -> api.use(mark("inner")).get("/", c -> c.text("root")));
    assertEquals(List.of("inner", "outer"), marks(app.request("/api")));
  }

  @Test
  void withStandsAroundItsOwnRoutesAlone() {
    var app = new App();
    app.with(mark("with")).get("/a", c -> c.text("a"));
    app.get("/b", c -> c.text("b"));
    assertEquals(List.of("with"), marks(app.request("/a")));
    assertEquals(List.of(), marks(app.request("/b")));
  }

  @Test
  void groupsOwnNotFoundAndOnErrorAndTheirMiddlewareStandsAroundThem() {
    var app = new App();
    app.notFound(c -> c.text(404, "app"));
    app.onError((c, e) -> c.text(500, "app " + e.getMessage()));
    app.group("/api", api -> {
      api.use(mark("api"));
      api.notFound(c -> c.text(404, "api"));
      api.onError((c, e) -> c.text(500, "api " + e.getMessage()));
      api.get("/fail", _ -> {
        throw new IllegalStateException("x");
      });
    });
    app.get("/fail", _ -> {
      throw new IllegalStateException("y");
    });
    assertEquals("api", app.request("/api/nowhere").text());
    assertEquals(List.of("api"), marks(app.request("/api/nowhere")));
    assertEquals("app", app.request("/nowhere").text());
    assertEquals("api x", app.request("/api/fail").text());
    assertEquals("app y", app.request("/fail").text());
  }

  @Test
  void anErrorInAnErrorHandlerIsTheParentsToRender() {
    var app = new App();
    app.onError((c, e) -> c.text(500, "app " + e.getMessage()));
    app.group("/api", api -> {
      api.onError((_, e) -> {
        throw new IllegalStateException("again " + e.getMessage());
      });
      api.get("/fail", _ -> {
        throw new IllegalStateException("x");
      });
    });
    assertEquals("app again x", app.request("/api/fail").text());
  }

  @Test
  void anApplicationMountedInAGroupSeesThePathBehindTheGroupsParameters() {
    var inner = new App();
    inner.get("/*", c -> c.text(c.path()));
    var app = new App();
    app.group("/:tenant", tenant -> tenant.mount("/shop", inner));
    assertEquals("/cart/1", app.request("/a/shop/cart/1").text());
    assertEquals("/", app.request("/a-long-tenant/shop").text());
    assertThrows(IllegalArgumentException.class, () -> new App().group("/:rest{.+}").mount("/shop", inner));
  }

  @Test
  void aPathThatWasRewrittenShortIsTheRootOfAMountedApplication() {
    var inner = new App();
    inner.get("/*", c -> c.text(c.path()));
    var app = new App();
    app.use((c, next) -> {
      c.rewrite(Request.get("/x"));
      return next.proceed();
    });
    app.mount("/a-long/prefix", inner);
    assertEquals("/", app.request("/a-long/prefix/y").text());
  }

  @Test
  void originRoutesSayWhy() {
    var app = new App();
    app.get("/products", c -> c.text("p"));
    app.atOrigin("orders need strong consistency").post("/orders", c -> c.text("o"));
    assertEquals(List.of(Place.EDGE, Place.origin("orders need strong consistency")),
        app.routes().stream().map(Route::place).toList());
    assertThrows(IllegalArgumentException.class, () -> app.atOrigin(" "));
  }

  @Test
  void theRouteTableSaysWhatEndsTheFastLane() {
    var app = new App();
    Gate gate = _ -> Verdict.pass();
    app.use(gate);
    app.get("/inline", Handler.inline(c -> c.text("x")));
    app.get("/plain", c -> c.text("x"));
    app.use("/slow/*", new Slow());
    app.get("/slow/:id", c -> c.text("x"));
    assertEquals(List.of("nothing", "handler", "Slow"), app.routes().stream().map(Route::hopsAt).toList());
  }

  private static final class Slow implements Middleware {
    @Override
    public Response handle(Context c, Next next) throws Exception {
      return next.proceed();
    }
  }

  @Test
  void theDeepestGroupIsTheOneOfMostSegmentsHoweverLongItsNames() {
    var app = new App();
    app.group("/:organisation").notFound(c -> c.text(404, "organisation"));
    app.group("/a/:b").notFound(c -> c.text(404, "first of two"));
    app.group("/a/second").notFound(c -> c.text(404, "second of two"));
    assertEquals("organisation", app.request("/a").text());
    assertEquals("first of two", app.request("/a/second/x").text());
  }
}
