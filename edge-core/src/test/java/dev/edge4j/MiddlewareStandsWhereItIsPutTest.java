package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Middleware runs on the paths of its pattern, for what is registered after it, and what it returns is the response. */
class MiddlewareStandsWhereItIsPutTest {
  private final App app = new App();
  private final List<String> ran = new ArrayList<>();

  private Middleware mark(String name) {
    return (_, next) -> {
      ran.add(name);
      return next.proceed();
    };
  }

  private List<String> ranOn(String target) {
    ran.clear();
    assertEquals(200, app.request(target).status(), target);
    return List.copyOf(ran);
  }

  @BeforeEach
  void nothingRan() {
    ran.clear();
  }

  @Test
  void aPathWithoutStarCoversItselfAlone() {
    app.use("/a", mark("exact"));
    app.get("/*", c -> c.text("x"));
    assertEquals(List.of("exact"), ranOn("/a"));
    assertEquals(List.of(), ranOn("/a/"));
    assertEquals(List.of(), ranOn("/a/b"));
    assertEquals(List.of(), ranOn("/ab"));
  }

  @Test
  void aStarCoversThePathItselfAndEverythingBelow() {
    app.use("/a/*", mark("star"));
    app.get("/*", c -> c.text("x"));
    assertEquals(List.of("star"), ranOn("/a"));
    assertEquals(List.of("star"), ranOn("/a/"));
    assertEquals(List.of("star"), ranOn("/a/b/c"));
    assertEquals(List.of(), ranOn("/ab"));
  }

  @Test
  void withoutAPatternItCoversEverythingInTheOrderGiven() {
    app.use(mark("first"), mark("second"));
    app.get("/*", c -> c.text("x"));
    assertEquals(List.of("first", "second"), ranOn("/"));
    assertEquals(List.of("first", "second"), ranOn("/any/path"));
  }

  @Test
  void whatIsRegisteredBeforeItIsNotCovered() {
    app.get("/early", c -> c.text("x"));
    app.use("/*", mark("late"));
    app.get("/after", c -> c.text("x"));
    assertEquals(List.of(), ranOn("/early"));
    assertEquals(List.of("late"), ranOn("/after"));
  }

  @Test
  void theFirstHandlerEndsTheWalkAndNoOtherOneRuns() {
    app.get("/x", c -> {
      ran.add("first");
      return c.text("first");
    });
    app.get("/x", c -> {
      ran.add("second");
      return c.text("second");
    });
    assertEquals(List.of("first"), ranOn("/x"));
  }

  @Test
  void aResponseMadeAfterTheRestIsWhatTheClientGets() {
    app.use((c, next) -> {
      next.proceed();
      return c.text(201, "the middleware's");
    });
    app.get("/", c -> c.text("the handler's"));
    Response response = app.request("/");
    assertEquals(201, response.status());
    assertEquals("the middleware's", response.text());
  }

  @Test
  void itMayAnswerInPlaceOfTheRest() {
    app.use("/a/*", (c, _) -> c.text(403, "no"));
    app.get("/a", c -> {
      ran.add("handler");
      return c.text("x");
    });
    assertEquals(403, app.request("/a").status());
    assertEquals(List.of(), ran);
  }

  @Test
  void proceedingTwiceFailsAndTheHandlerRanOnce() {
    var caught = new AtomicReference<String>("");
    app.use((_, next) -> {
      Response response = next.proceed();
      try {
        return next.proceed();
      } catch (IllegalStateException e) {
        caught.set(String.valueOf(e.getMessage()));
        return response;
      }
    });
    app.get("/", c -> {
      ran.add("handler");
      return c.text("x");
    });
    assertEquals(List.of("handler"), ranOn("/"));
    assertTrue(caught.get().contains("twice"), caught.get());
  }

  @Test
  void nullIsTheSameMistakeAloneAndBehindMiddleware() {
    app.get("/alone", _ -> nothing());
    app.use(mark("around"));
    app.get("/behind", _ -> nothing());
    assertEquals(500, app.request("/alone").status());
    assertEquals(500, app.request("/behind").status());
  }

  @SuppressWarnings("NullAway") // what a user without a null checker may do
  private static Response nothing() {
    return null;
  }

  @Test
  void tryAndFinallyAroundTheRestSeeItsException() {
    app.use((c, next) -> {
      try {
        return next.proceed();
      } catch (IOException e) {
        return c.text(503, "caught " + e.getMessage());
      } finally {
        ran.add("finally");
      }
    });
    app.get("/", _ -> {
      throw new IOException("it");
    });
    Response response = app.request("/");
    assertEquals("caught it", response.text());
    assertEquals(List.of("finally"), ran);
  }
}
