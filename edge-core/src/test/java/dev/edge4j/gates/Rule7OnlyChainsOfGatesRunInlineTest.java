package dev.edge4j.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 7: a chain runs whole on the event loop only if all of it are gates and the handler is declared inline. */
class Rule7OnlyChainsOfGatesRunInlineTest {
  private final Trace trace = new Trace();
  private final App app = new App();

  private static Response where(Context c) {
    return c.text(Thread.currentThread().isVirtual() ? "a virtual thread" : "the loop");
  }

  @Test
  void gatesAndAnInlineHandlerDo() throws IOException {
    app.use(trace.passing("a"));
    app.get("/", Handler.inline(Rule7OnlyChainsOfGatesRunInlineTest::where));
    try (var served = new Served(app)) {
      assertEquals("the loop", served.get("/").body());
    }
    assertEquals(List.of("a before", "a after 200"), trace.lines());
    assertTrue(app.open(Request.get("/")).fastLane().isPresent());
  }

  @Test
  void aHandlerThatIsNotDeclaredSoDoesNot() throws IOException {
    app.get("/", Rule7OnlyChainsOfGatesRunInlineTest::where);
    try (var served = new Served(app)) {
      assertEquals("a virtual thread", served.get("/").body());
    }
  }

  @Test
  void oneMiddlewareTakesTheChainOffTheLoop() throws IOException {
    app.use(trace.passing("a"), (_, next) -> next.proceed());
    app.get("/", Handler.inline(Rule7OnlyChainsOfGatesRunInlineTest::where));
    try (var served = new Served(app)) {
      assertEquals("a virtual thread", served.get("/").body());
    }
    assertTrue(app.open(Request.get("/")).fastLane().isEmpty());
  }

  @Test
  void soDoesAGateThatOffloads() throws IOException {
    app.use(trace.offloading("a"));
    app.get("/", Handler.inline(Rule7OnlyChainsOfGatesRunInlineTest::where));
    try (var served = new Served(app)) {
      assertEquals("a virtual thread", served.get("/").body());
    }
  }

  @Test
  void aMountedApplicationsChainCountsAsOne() throws IOException {
    var inner = new App();
    inner.use(trace.passing("inner"));
    inner.get("/", Handler.inline(Rule7OnlyChainsOfGatesRunInlineTest::where));
    app.use(trace.passing("outer"));
    app.mount("/shop", inner);
    try (var served = new Served(app)) {
      assertEquals("the loop", served.get("/shop").body());
    }
    assertEquals(List.of("outer before", "inner before", "inner after 200", "outer after 200"), trace.lines());
  }

  @Test
  void anInlineHandlersErrorLeavesTheLoop() {
    app.get("/", Handler.inline(_ -> {
      throw new IllegalStateException("x");
    }));
    assertTrue(app.open(Request.get("/")).fastLane().isEmpty());
    assertEquals(500, app.request("/").status());
  }
}
