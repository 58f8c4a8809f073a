package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What follows sees the changed request, the client the changed response. */
class TransformChangesRequestsAndResponsesTest {
  private final App app = new App();

  @Test
  void theRequestIsChangedForAllThatFollows() {
    app.use(Transform.request(r -> r.withHeader("X-Tenant", "acme")
        .withHeaders(r.headers()
            .with("X-Tenant", "acme")
            .without("Cookie"))));
    app.get("/", c -> c.text(c.header("X-Tenant").orElse("") + c.cookie("a").orElse("")));
    assertEquals("acme", app.request(Request.get("/").withHeader("Cookie", "a=1")).text());
  }

  @Test
  void theRouteStaysAsItWasMatched() {
    app.use(Transform.request(r -> r.withTarget(RequestTarget.parse("/new?page=2"))));
    app.get("/old", c -> c.text(c.path() + " " + c.query("page").asInt()));
    assertEquals("/new 2", app.request("/old").text());
  }

  @Test
  void theResponseIsChangedWithItsBody() {
    app.use(Transform.response((c, r) -> Response.text(r.status(), r.text().toUpperCase(Locale.ROOT))
        .withHeader("X-Path", c.path())));
    app.get("/", c -> c.text(201, "made"));
    Response response = app.request("/");
    assertEquals(201, response.status());
    assertEquals("MADE", response.text());
    assertEquals(Optional.of("/"), response.header("X-Path"));
  }

  @Test
  void errorsPassBy() {
    app.use(Transform.response((c, r) -> r.withHeader("X-Seen", "yes")));
    assertFalse(app.request("/nowhere").headers().contains("X-Seen"));
  }

  @Test
  void theRouteTableNamesThem() {
    app.use(Transform.request(r -> r), Transform.response((c, r) -> r));
    app.get("/", c -> c.text("ok"));
    assertEquals("[Transform.request, Transform.response]", app.routes().getFirst().middleware().toString());
  }
}
