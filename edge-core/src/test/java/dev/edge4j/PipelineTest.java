package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.routing.PatternException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Order of registration is the only order, and exceptions travel. */
class PipelineTest {
  private final List<String> trace = new ArrayList<>();

  private Middleware around(String name) {
    return (_, next) -> {
      trace.add(name + " in");
      Response response = next.proceed();
      trace.add(name + " out");
      return response;
    };
  }

  @Test
  void middlewareNestsInOrderOfRegistration() {
    var app = new App();
    app.use(around("a"));
    app.use("/x/*", around("b"));
    app.get("/x/:id", c -> c.text(c.param("id").asString()));
    assertEquals("7", app.request("/x/7").text());
    assertEquals(List.of("a in", "b in", "b out", "a out"), trace);
  }

  @Test
  void middlewareBehindAHandlerDoesNotRun() {
    var app = new App();
    app.get("/x", c -> c.text("x"));
    app.use(around("late"));
    assertEquals("x", app.request("/x").text());
    assertEquals(List.of(), trace);
  }

  @Test
  void theFirstHandlerThatMatchesAnswers() {
    var app = new App();
    app.get("/:any", c -> c.text("any"));
    app.get("/x", c -> c.text("x"));
    assertEquals("any", app.request("/x").text());
  }

  @Test
  void exceptionsTravelThroughMiddleware() {
    var app = new App();
    app.use((_, next) -> {
      try {
        return next.proceed();
      } catch (IllegalStateException e) {
        return Response.text(200, "caught " + e.getMessage());
      }
    });
    app.get("/", _ -> {
      throw new IllegalStateException("it");
    });
    assertEquals("caught it", app.request("/").text());
  }

  @Test
  void parametersAreThoseOfTheRunningElementsOwnPattern() {
    var app = new App();
    app.use("/:tenant/*", (c, next) -> {
      Response response = next.proceed();
      return response.withHeader("Tenant", c.param("tenant").asString())
          .withHeader("Id",
              c.param("id").orElse("none"));
    });
    app.get("/:shop/items/:id", c -> c.text(c.param("shop").asString() + c.param("tenant").orElse("-")));
    Response response = app.request("/acme/items/9");
    assertEquals("acme-", response.text());
    assertEquals("acme", response.header("Tenant").orElseThrow());
    assertEquals("none", response.header("Id").orElseThrow());
  }

  @Test
  void proceedingTwiceIsAnError() {
    var app = new App();
    app.use((_, next) -> {
      next.proceed();
      return next.proceed();
    });
    app.get("/", c -> c.text("x"));
    assertEquals(500, app.request("/").status());
  }

  @Test
  void aHandlerThatReturnsNullIsAnError() {
    var app = new App();
    app.get("/", _ -> nothing());
    assertEquals(500, app.request("/").status());
  }

  @SuppressWarnings("NullAway") // what a user without a null checker may do
  private static Response nothing() {
    return null;
  }

  @Test
  void headIsAnsweredByGetAndOptionsByAllow() {
    var app = new App();
    app.get("/x", c -> c.text("x"));
    app.post("/x", c -> c.text("posted"));
    assertEquals(200, app.request(Request.of(Method.HEAD, "/x")).status());
    Response options = app.request(Request.of(Method.OPTIONS, "/x"));
    assertEquals(204, options.status());
    assertEquals("GET, HEAD, OPTIONS, POST", options.header("Allow").orElseThrow());
  }

  @Test
  void aWrongMethodIs405WithAllowInsideTheMiddleware() {
    var app = new App();
    app.use((_, next) -> {
      try {
        return next.proceed();
      } catch (HttpError e) {
        trace.add("saw " + e.status());
        throw e;
      }
    });
    app.get("/x", c -> c.text("x"));
    Response response = app.request(Request.of(Method.DELETE, "/x"));
    assertEquals(405, response.status());
    assertEquals("GET, HEAD, OPTIONS", response.header("Allow").orElseThrow());
    assertEquals(List.of("saw 405"), trace);
  }

  @Test
  void optionsOfTheWholeServerNamesEveryMethodInsideTheMiddleware() {
    var app = new App();
    app.use(around("a"));
    app.get("/x", c -> c.text("x"));
    app.group("/y", y -> y.delete("/z", c -> c.text("z")));
    app.all("/*", c -> c.text("all"));
    Response response = app.request(Request.of(Method.OPTIONS, "*"));
    assertEquals(204, response.status());
    assertEquals("DELETE, GET, HEAD, OPTIONS", response.header("Allow").orElseThrow());
    assertEquals(List.of("a in", "a out"), trace);
    assertThrows(BadRequestException.class, () -> Request.get("*"));
  }

  @Test
  void anUnknownPathIs404InsideTheMiddleware() {
    var app = new App();
    app.use(around("a"));
    app.notFound(c -> c.text(404, "no " + c.path()));
    assertEquals("no /nowhere", app.request("/nowhere").text());
    assertEquals(List.of("a in", "a out"), trace);
  }

  @Test
  void theApplicationIsSealedAtTheFirstRequest() {
    var app = new App();
    app.get("/", c -> c.text("x"));
    app.request("/");
    assertThrows(IllegalStateException.class, () -> app.get("/late", c -> c.text("late")));
    assertThrows(IllegalStateException.class, () -> app.use(around("late")));
    assertThrows(IllegalStateException.class, () -> app.notFound(c -> c.text("late")));
  }

  @Test
  void aMalformedPatternIsRefusedAtRegistration() {
    var app = new App();
    PatternException e = assertThrows(PatternException.class, () -> app.get("/a/:id{[0-9", c -> c.text("x")));
    assertTrue(String.valueOf(e.getMessage()).contains("/a/:id{[0-9"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> app.get("no-slash", c -> c.text("x")));
  }

  @Test
  void eachMethodHasItsRegistration() {
    var app = new App();
    app.get("/", c -> c.text("GET")).post("/", c -> c.text("POST")).put("/", c -> c.text("PUT"));
    app.patch("/", c -> c.text("PATCH")).delete("/", c -> c.text("DELETE"));
    app.on(Method.of("PURGE"), "/", c -> c.text("PURGE")).all("/", c -> c.text("any"));
    for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "PURGE")) {
      assertEquals(method, app.request(Request.of(Method.of(method), "/")).text());
    }
    assertEquals("any", app.request(Request.of(Method.of("REPORT"), "/")).text());
  }
}
