package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every exception, checked or not, comes to {@code onError}; an {@link Error} is not the application's to render. */
class WhatIsThrownIsRenderedOnceTest {
  private final App app = new App();
  private final List<String> rendered = new ArrayList<>();

  private Response render(Context c, Exception e) {
    String message = String.valueOf(e.getMessage());
    rendered.add(message);
    return c.text(500, message);
  }

  @Test
  void checkedAndUncheckedAlike() {
    app.onError(this::render);
    app.get("/checked", _ -> {
      throw new IOException("checked");
    });
    app.get("/unchecked", _ -> {
      throw new IllegalStateException("unchecked");
    });
    assertEquals("checked", app.request("/checked").text());
    assertEquals("unchecked", app.request("/unchecked").text());
    assertEquals(List.of("checked", "unchecked"), rendered);
  }

  @Test
  void outsideOfEveryMiddlewareThatLetItThrough() {
    List<String> seen = new ArrayList<>();
    app.onError(this::render);
    for (String name : List.of("outer", "inner")) {
      app.use((_, next) -> {
        try {
          return next.proceed();
        } catch (IOException e) {
          seen.add(name + " saw " + e.getMessage());
          throw e;
        }
      });
    }
    app.get("/", _ -> {
      throw new IOException("it");
    });
    assertEquals("it", app.request("/").text());
    assertEquals(List.of("inner saw it", "outer saw it"), seen);
    assertEquals(List.of("it"), rendered);
  }

  @Test
  void anHttpErrorAnswersItselfUnlessOnErrorSaysElse() {
    app.get("/", _ -> {
      throw new Conflict("taken");
    });
    assertEquals(409, app.request("/").status());
  }

  @Test
  void whatWasNotFoundOrNotAllowedComesToOnErrorToo() {
    app.onError((c, e) -> e instanceof HttpError known ? c.text(known.status(), "mine") : render(c, e));
    app.get("/x", c -> c.text("x"));
    assertEquals("mine", app.request("/nowhere").text());
    assertEquals(404, app.request("/nowhere").status());
    assertEquals(405, app.request(Request.post("/x")).status());
    assertEquals(List.of(), rendered);
  }

  @Test
  void anErrorTravelsToTheCaller() {
    app.onError(this::render);
    app.get("/", _ -> {
      throw new AssertionError("a test's own failure");
    });
    assertThrows(AssertionError.class, () -> app.request("/"));
    assertEquals(List.of(), rendered);
  }
}
