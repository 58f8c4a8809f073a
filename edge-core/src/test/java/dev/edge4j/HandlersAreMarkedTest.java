package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A handler keeps each mark it was given, in whatever order, and the table of routes shows them. */
class HandlersAreMarkedTest {
  private final Handler plain = c -> c.text("x");

  @Test
  void marksSurviveEachOther() {
    for (Handler handler : List.of(Handler.inline(Handler.exempt(plain)), Handler.exempt(Handler.inline(plain)))) {
      var app = new App();
      app.get("/", handler);
      assertTrue(app.open(Request.get("/")).isExempt());
      assertEquals("x", app.open(Request.get("/")).fastLane().orElseThrow().text());
    }
    for (Handler handler : List.of(Handler.hop(Handler.exempt(plain)), Handler.exempt(Handler.hop(plain)))) {
      var app = new App();
      app.get("/", handler);
      assertTrue(app.open(Request.get("/")).isExempt());
      assertFalse(app.open(Request.get("/")).pace().beginsOnLoop());
      assertEquals("x", app.request("/").text());
    }
  }

  @Test
  void nothingIsOnTheLoopAndNot() {
    assertThrows(IllegalArgumentException.class, () -> Handler.hop(Handler.inline(plain)));
    assertThrows(IllegalArgumentException.class, () -> Handler.inline(Handler.exempt(Handler.hop(plain))));
  }

  @Test
  void theTableShowsThem() {
    var app = new App();
    app.get("/a", plain);
    app.get("/b", Handler.hop(plain));
    app.get("/c", Handler.exempt(plain));
    app.get("/d", Handler.exempt(Handler.inline(plain)));
    app.get("/e", Handler.hop(Handler.exempt(plain)));
    app.use((_, next) -> next.proceed());
    app.get("/f", Handler.hop(plain));
    List<String> ends = app.routes().stream().map(Route::hopsAt).toList();
    assertEquals(List.of("handler", "handler (hop)", "handler (exempt)", "nothing (exempt)", "handler (hop) (exempt)"),
        ends.subList(0, 5));
    assertFalse(app.open(Request.get("/f")).pace().beginsOnLoop());
  }

  @Test
  void whatIsNotMarkedIsBoundedAndBeginsOnTheLoop() {
    var app = new App();
    app.get("/", plain);
    assertFalse(app.open(Request.get("/")).isExempt());
    assertTrue(app.open(Request.get("/")).pace().beginsOnLoop());
    assertFalse(app.open(Request.get("/nowhere")).isExempt());
  }
}
