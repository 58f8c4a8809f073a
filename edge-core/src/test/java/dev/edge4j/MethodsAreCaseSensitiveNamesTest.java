package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A method is a name, compared letter by letter (RFC 9110 section 9.1), and what a client sends is never a wildcard. */
class MethodsAreCaseSensitiveNamesTest {
  private final App app = new App();

  private Response send(String method, String target) {
    return app.request(Request.of(Method.of(method), target));
  }

  @Test
  void anotherCaseIsAnotherMethod() {
    app.get("/x", c -> c.text("x"));
    Response response = send("get", "/x");
    assertEquals(405, response.status());
    assertEquals(Optional.of("GET, HEAD, OPTIONS"), response.header("Allow"));
  }

  @Test
  void anyNameCanBeRegisteredAndIsNotChanged() {
    app.on(Method.of("query"), "/x", c -> c.text("lower"));
    app.on(Method.of("QUERY"), "/x", c -> c.text("upper"));
    assertEquals("lower", send("query", "/x").text());
    assertEquals("upper", send("QUERY", "/x").text());
    assertThrows(IllegalArgumentException.class, () -> Method.of("GET /"));
  }

  @Test
  void severalMethodsAreALoop() {
    for (String method : List.of("PUT", "PATCH")) {
      for (String pattern : List.of("/a", "/b")) {
        app.on(Method.of(method), pattern, c -> c.text(c.method() + " " + c.path()));
      }
    }
    assertEquals("PUT /b", send("PUT", "/b").text());
    assertEquals("PATCH /a", send("PATCH", "/a").text());
    assertEquals(4, app.routes().size());
  }

  @Test
  void aRequestWithTheMethodStarReachesOnlyWhatTakesEveryMethod() {
    app.delete("/account", c -> c.text("deleted"));
    app.all("/any", c -> c.text("any"));
    assertEquals(405, send("*", "/account").status());
    assertEquals("any", send("*", "/any").text());
  }

  @Test
  void optionsHasARouteOfItsOwnWhereOneIsRegistered() {
    app.get("/x", c -> c.text("x"));
    app.on(Method.OPTIONS, "/x", c -> c.text("own"));
    app.get("/y", c -> c.text("y"));
    assertEquals("own", send("OPTIONS", "/x").text());
    assertEquals(204, send("OPTIONS", "/y").status());
    assertEquals(Optional.of("GET, HEAD, OPTIONS"), send("OPTIONS", "/y").header("Allow"));
  }

  @Test
  void aStarForGetIsARouteOfEveryPathSoOtherMethodsAre405() {
    app.get("/*", c -> c.text("page"));
    assertEquals(405, send("POST", "/nowhere").status());
  }

  @Test
  void noMethodIsAllowedWhereThereIsNoRoute() {
    app.use((_, next) -> next.proceed());
    app.get("/x", c -> c.text("x"));
    assertEquals(404, send("OPTIONS", "/nowhere").status());
    assertEquals(404, send("DELETE", "/nowhere").status());
  }
}
