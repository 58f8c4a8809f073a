package dev.edge4j.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Handler;
import dev.edge4j.Key;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 2: the leading gates run on the event loop in order of registration; behind a middleware a gate runs where that does. */
class Rule2LeadingGatesRunOnTheEventLoopTest {
  private final Trace trace = new Trace();
  private final App app = new App();

  /** Writes down what kind of thread each half runs on. */
  private Gate where(String name) {
    return new Gate() {
      @Override
      public Verdict before(Context c) {
        trace.add(name + " before on " + kind());
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        trace.add(name + " after on " + kind());
        return response;
      }
    };
  }

  private static String kind() {
    return Thread.currentThread().isVirtual() ? "a virtual thread" : "the loop";
  }

  @Test
  void theyRunThereInOrderOfRegistration() throws IOException {
    app.use(where("a"), where("b"));
    app.use((_, next) -> next.proceed());
    app.use(where("behind"));
    app.get("/", c -> c.text("x"));
    try (var served = new Served(app)) {
      assertEquals("x", served.get("/").body());
    }
    assertEquals(List.of("a before on the loop", "b before on the loop", "behind before on a virtual thread",
        "behind after on a virtual thread", "b after on a virtual thread", "a after on a virtual thread"),
        trace.lines());
  }

  @Test
  void whatAGateAnswersNeverLeavesTheLoop() throws IOException {
    app.use(where("a"));
    app.use((Gate) c -> Verdict.answer(c.text(kind())));
    app.get("/", c -> c.text("x"));
    try (var served = new Served(app)) {
      assertEquals("the loop", served.get("/").body());
    }
    assertEquals(List.of("a before on the loop", "a after on the loop"), trace.lines());
  }

  @Test
  void aGateBehindAMiddlewareIsLegalAndMayAnswerThere() {
    app.use(trace.around("m"));
    app.use(trace.answering("late", 418));
    app.get("/", c -> c.text("x"));
    assertEquals(418, app.request("/").status());
    assertEquals(List.of("m in", "late before", "m out", "late after 418"), trace.lines());
  }

  @Test
  void thePrintedTableShowsWhatEndsTheFastLane() {
    app.use(trace.passing("first"));
    app.get("/inline", Handler.inline(c -> c.text("x")));
    app.get("/handler", c -> c.text("x"));
    app.use(new Slow());
    app.use(trace.passing("behind"));
    app.get("/middleware", c -> c.text("x"));
    assertEquals(List.of("nothing", "handler", "Slow"), app.routes().stream().map(route -> route.hopsAt()).toList());
  }

  private static final class Slow implements Middleware {
    @Override
    public Response handle(Context c, Next next) throws Exception {
      return next.proceed();
    }
  }

  @Test
  void theFastLaneReachesIntoAMountedApplication() {
    var inner = new App();
    inner.use(trace.gate("inner", c -> Verdict.answer(c.text("hit " + c.path()))));
    app.use(trace.passing("outer"));
    app.mount("/shop", inner);
    assertEquals("hit /cart", app.open(Request.get("/shop/cart")).fastLane().orElseThrow().text());
    assertEquals(List.of("outer before", "inner before", "inner after 200", "outer after 200"), trace.lines());
  }

  @Test
  void aMountedApplicationSharesVariablesAndHopsAtItsHandler() {
    Key<String> user = Key.named("user");
    var inner = new App();
    inner.get("/me", c -> c.text(c.require(user)));
    inner.get("/", c -> c.text("root"));
    app.use((Gate) c -> {
      c.set(user, "ann");
      return Verdict.pass();
    });
    app.mount("/shop", inner);
    app.get("/shopping", c -> c.text("not the shop"));
    assertTrue(app.open(Request.get("/shop/me")).fastLane().isEmpty());
    assertEquals("ann", app.request("/shop/me").text());
    assertEquals("root", app.request("/shop").text());
    assertEquals(404, app.request("/shop/nowhere").status());
    assertEquals("not the shop", app.request("/shopping").text());
  }
}
