package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** HEAD goes where GET goes, unless it has a route of its own. */
class HeadIsAnsweredAsGetTest {
  private final App app = new App();

  private Optional<String> head(String target) {
    return app.request(Request.of(Method.HEAD, target)).header("By");
  }

  private static Handler by(String name) {
    return _ -> Response.of(200).withHeader("By", name);
  }

  @Test
  void byTheRouteOfGet() {
    app.get("/x", by("get"));
    assertEquals(Optional.of("get"), head("/x"));
  }

  @Test
  void byItsOwnRouteWhereverThatIsRegistered() {
    app.on(Method.HEAD, "/a", by("own")).get("/a", by("get"));
    app.get("/b", by("get")).on(Method.HEAD, "/b", by("own"));
    assertEquals(Optional.of("own"), head("/a"));
    assertEquals(Optional.of("own"), head("/b"));
  }

  @Test
  void notByAnotherRouteThanGetWhereALaterOneTakesEveryMethod() {
    app.get("/x", by("get"));
    app.all("/*", by("any"));
    assertEquals(Optional.of("get"), head("/x"));
    assertEquals(Optional.of("any"), head("/y"));
  }

  @Test
  void byAnEarlierRouteThatTakesEveryMethod() {
    app.all("/x", by("any"));
    app.get("/x", by("get"));
    assertEquals(Optional.of("any"), head("/x"));
  }

  @Test
  void insideTheMiddlewareOfThatRoute() {
    Middleware mark = (_, next) -> next.proceed().withHeader("Mark", "yes");
    app.with(mark).get("/x", by("get"));
    app.all("/*", by("any"));
    assertEquals(Optional.of("yes"), app.request(Request.of(Method.HEAD, "/x")).header("Mark"));
  }
}
