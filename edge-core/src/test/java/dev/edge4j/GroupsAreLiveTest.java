package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A group is a part of its application and no copy: what it is told later counts, and stays its own. */
class GroupsAreLiveTest {
  private final App app = new App();

  @Test
  void routesAddedLaterAreThere() {
    Group api = app.group("/api");
    app.get("/between", c -> c.text("between"));
    api.get("/late", c -> c.text("late"));
    assertEquals("late", app.request("/api/late").text());
  }

  @Test
  void notFoundAndOnErrorCountWheneverTheyAreSet() {
    Group api = app.group("/api");
    api.get("/fails", _ -> {
      throw new IllegalStateException("it");
    });
    api.notFound(c -> c.text(404, "no such endpoint"));
    api.onError((c, e) -> c.text(500, "api: " + e.getMessage()));
    assertEquals("no such endpoint", app.request("/api/nowhere").text());
    assertEquals("api: it", app.request("/api/fails").text());
    assertEquals(Optional.of("application/problem+json"), app.request("/nowhere").header("Content-Type"));
  }

  @Test
  void errorsOfTheParentsMiddlewareInAGroupAreTheGroupsToRender() {
    app.use((_, _) -> {
      throw new IllegalStateException("outer");
    });
    Group api = app.group("/api");
    api.onError((c, e) -> c.text(500, "api: " + e.getMessage()));
    api.get("/x", c -> c.text("x"));
    assertEquals("api: outer", app.request("/api/x").text());
  }
}
