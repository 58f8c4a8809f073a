package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Gates as "Gates, precisely" of the architecture says. */
class GateTest {
  private final List<String> trace = new ArrayList<>();

  /** Writes down both halves. */
  private final class Traced implements Gate {
    private final String name;
    private final Function<Context, Verdict> verdict;

    Traced(String name, Function<Context, Verdict> verdict) {
      this.name = name;
      this.verdict = verdict;
    }

    @Override
    public Verdict before(Context c) {
      trace.add(name + " before");
      return verdict.apply(c);
    }

    @Override
    public Response after(Context c, Response response) {
      trace.add(name + " after " + response.status());
      return response.withAddedHeader("Seen", name);
    }

    @Override
    public Response handle(Context c, Next next) throws Exception {
      trace.add(name + " handle");
      return next.proceed();
    }
  }

  private Gate passing(String name) {
    return new Traced(name, _ -> Verdict.pass());
  }

  @Test
  void anAnsweringGateKeepsTheRestFromRunning() {
    var app = new App();
    app.use(passing("a"), new Traced("b", c -> Verdict.answer(c.text(403, "no"))), passing("c"));
    app.get("/", _ -> {
      throw new AssertionError("ran");
    });
    Exchange exchange = app.open(Request.get("/"));
    assertEquals("no", exchange.fastLane().orElseThrow().text());
    assertEquals(List.of("a before", "b before", "b after 403", "a after 403"), trace);
  }

  @Test
  void passingGatesLeaveTheHandlerToTheSlowLane() {
    var app = new App();
    app.use(passing("a"));
    app.get("/", c -> c.text("x"));
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty());
    assertEquals("x", exchange.slowLane().text());
    assertEquals(List.of("a before", "a after 200"), trace);
  }

  @Test
  void anInlineHandlerBehindGatesRunsInTheFastLane() {
    var app = new App();
    app.use(passing("a"));
    app.get("/", Handler.inline(c -> c.text("x")));
    assertEquals("x", app.open(Request.get("/")).fastLane().orElseThrow().text());
    assertEquals(List.of("a before", "a after 200"), trace);
  }

  @Test
  void anOffloadedGateIsResumedThroughHandleAndHasNoAfter() {
    var app = new App();
    app.use(passing("a"), new Traced("b", _ -> Verdict.offload()), passing("c"));
    app.get("/", c -> c.text("x"));
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty());
    assertTrue(exchange.isOffloaded());
    Response response = exchange.slowLane();
    assertEquals(List.of("a before", "b before", "b handle", "c before", "c after 200", "a after 200"), trace);
    assertEquals(List.of("c", "a"), response.headers().all("Seen"));
  }

  @Test
  void anOffloadingGateThatCannotHandleIsAnErrorThatNamesIt() {
    var app = new App();
    app.onError((c, e) -> c.text(500, String.valueOf(e.getMessage())));
    app.use(new Undecided());
    app.get("/", c -> c.text("x"));
    assertTrue(app.request("/").text().contains("Undecided"));
  }

  private static final class Undecided implements Gate {
    @Override
    public Verdict before(Context c) {
      return Verdict.offload();
    }
  }

  @Test
  void aGateBehindMiddlewareRunsThereAndItsAfterStillSeesTheFinalHead() {
    var app = new App();
    app.use((_, next) -> {
      trace.add("m in");
      Response response = next.proceed().withStatus(202);
      trace.add("m out");
      return response;
    });
    app.use(passing("late"));
    app.get("/", c -> c.text("x"));
    assertEquals(202, app.request("/").status());
    assertEquals(List.of("m in", "late before", "m out", "late after 202"), trace);
  }

  @Test
  void afterRunsOnceOnErrorPages404And405() {
    var app = new App();
    app.use(passing("a"));
    app.get("/fail", _ -> {
      throw new IllegalStateException("x");
    });
    assertEquals(500, app.request("/fail").status());
    assertEquals(404, app.request("/nowhere").status());
    assertEquals(405, app.request(Request.of(Method.PUT, "/fail")).status());
    assertEquals(List.of("a before", "a after 500", "a before", "a after 404", "a before", "a after 405"), trace);
  }

  @Test
  void afterRunsWhenTheServerSheds() {
    var app = new App();
    app.use(passing("a"));
    app.get("/", c -> c.text("x"));
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty());
    Response shed = exchange.shed();
    assertEquals(503, shed.status());
    assertEquals("1", shed.header("Retry-After").orElseThrow());
    assertEquals(List.of("a before", "a after 503"), trace);
  }

  @Test
  void aThrowingBeforeIsAnErrorLikeAnyOther() {
    var app = new App();
    app.onError((c, e) -> c.text(500, "rendered " + e.getMessage()));
    app.use(passing("a"), new Traced("b", _ -> {
      throw new IllegalStateException("x");
    }));
    app.get("/", c -> c.text("x"));
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty(), "errors are rendered on a virtual thread");
    assertEquals("rendered x", exchange.slowLane().text());
    assertEquals(List.of("a before", "b before", "a after 500"), trace);
  }

  @Test
  void aThrowingAfterGivesABare500AndTheOthersStillRun() {
    var app = new App();
    app.use(passing("a"), new Gate() {
      @Override
      public Verdict before(Context c) {
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        throw new IllegalStateException("x");
      }
    });
    app.get("/", c -> c.text("x"));
    Response response = app.request("/");
    assertEquals(500, response.status());
    assertEquals("", response.text());
    assertEquals(List.of("a before", "a after 500"), trace);
  }

  @Test
  void anAfterThatChangesTheBodyIsAnError() {
    var app = new App();
    app.use(new Gate() {
      @Override
      public Verdict before(Context c) {
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        return Response.text(200, "another body");
      }
    });
    app.get("/", c -> c.text("x"));
    assertEquals(500, app.request("/").status());
  }

  @Test
  void theFastLaneReachesIntoAMountedApplication() {
    var inner = new App();
    inner.use(new Traced("inner", c -> Verdict.answer(c.text("hit " + c.path()))));
    var app = new App();
    app.use(passing("outer"));
    app.mount("/shop", inner);
    assertEquals("hit /cart", app.open(Request.get("/shop/cart")).fastLane().orElseThrow().text());
    assertEquals(List.of("outer before", "inner before", "inner after 200", "outer after 200"), trace);
  }

  @Test
  void aMountedApplicationOwnsItsErrorsAndSharesVariables() {
    Key<String> user = Key.named("user");
    var inner = new App();
    inner.get("/me", c -> c.text(c.require(user)));
    inner.get("/", c -> c.text("root"));
    var app = new App();
    app.use((c, next) -> {
      c.set(user, "ann");
      return next.proceed();
    });
    app.mount("/shop", inner);
    app.get("/shopping", c -> c.text("not the shop"));
    assertEquals("ann", app.request("/shop/me").text());
    assertEquals("root", app.request("/shop").text());
    assertEquals(404, app.request("/shop/nowhere").status());
    assertEquals("not the shop", app.request("/shopping").text());
    assertFalse(app.open(Request.get("/shop/me")).fastLane().isPresent());
  }

  @Test
  void afterRunsEvenWhereTheHandlerEndsInAnError() {
    var inner = new App();
    inner.use(passing("inner"));
    inner.get("/", _ -> {
      throw new StackOverflowError();
    });
    var app = new App();
    app.use((_, next) -> next.proceed());
    app.use(passing("outer"));
    app.mount("/shop", inner);
    Exchange exchange = app.open(Request.get("/shop"));
    assertTrue(exchange.fastLane().isEmpty());
    StackOverflowError error = assertThrows(StackOverflowError.class, exchange::slowLane);
    assertEquals(500, exchange.broken(error).status());
    assertEquals(List.of("outer before", "inner before", "inner after 500", "outer after 500"), trace);
  }

  @Test
  void anOffloadedRequestTakesAPlaceOnlyBehindItsGates() {
    var app = new App();
    app.use(new Traced("waits", _ -> Verdict.offload()), passing("b"));
    app.use((_, next) -> {
      trace.add("m in");
      return next.proceed();
    });
    app.get("/", c -> c.text("x"));
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty());
    assertEquals(200, exchange.slowLane(bound(true)).status());
    assertEquals(List.of("waits before", "waits handle", "b before", "enter", "m in", "b after 200", "leave"), trace);
  }

  @Test
  void withoutAPlaceAnOffloadedRequestIsShed() {
    var app = new App();
    app.use(new Traced("waits", _ -> Verdict.offload()));
    app.get("/", _ -> {
      throw new AssertionError("ran");
    });
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty());
    Response shed = exchange.slowLane(bound(false));
    assertEquals(503, shed.status());
    assertEquals("1", shed.header("Retry-After").orElseThrow());
    assertFalse(trace.contains("leave"));
  }

  private Exchange.Admission bound(boolean free) {
    return new Exchange.Admission() {
      @Override
      public boolean tryEnter() {
        trace.add("enter");
        return free;
      }

      @Override
      public void leave() {
        trace.add("leave");
      }
    };
  }
}
