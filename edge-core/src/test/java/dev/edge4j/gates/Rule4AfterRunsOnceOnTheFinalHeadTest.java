package dev.edge4j.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Exchange;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.limits.Concurrency;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Rule 4: after runs exactly once for each gate whose before ran, in reverse order, on the final head, whatever made it. It never
 * nests with middleware and changes status and headers alone. That every chain keeps this is {@link EveryChainRunsAfterOnceTest}; the
 * taps are {@link TapsSeeWholeBodiesOrAbortTest}. No response switches protocols yet, so there is no 101 to run on.
 */
class Rule4AfterRunsOnceOnTheFinalHeadTest {
  private final Trace trace = new Trace();
  private final App app = new App();

  private void assertSeen(int status, Request request) {
    trace.clear();
    assertEquals(status, app.request(request).status());
    assertEquals(List.of("a before", "b before", "b after " + status, "a after " + status), trace.lines());
  }

  @Test
  void onWhateverIsAboutToLeave() {
    app.use(trace.passing("a"), trace.passing("b"));
    app.use("/answer", (Gate) c -> Verdict.answer(c.text(402, "pay")));
    app.get("/answer", c -> c.text("x"));
    app.get("/fail", _ -> {
      throw new IllegalStateException("x");
    });
    app.get("/ok", c -> c.text("x"));
    assertSeen(200, Request.get("/ok"));
    assertSeen(402, Request.get("/answer"));
    assertSeen(500, Request.get("/fail"));
    assertSeen(404, Request.get("/nowhere"));
    assertSeen(405, Request.of(Method.PUT, "/ok"));
    assertSeen(204, Request.of(Method.OPTIONS, "/ok"));
  }

  @Test
  void onAShed() {
    app.use(trace.passing("a"));
    app.get("/", c -> c.text("x"));
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty());
    Response shed = exchange.shed();
    assertEquals(503, shed.status());
    assertEquals("1", shed.header("Retry-After").orElseThrow());
    assertEquals(List.of("a before", "a after 503"), trace.lines());
  }

  @Test
  void onAShedInAMountedApplicationToo() {
    Exchange exchange = mounted();
    assertTrue(exchange.fastLane().isEmpty());
    assertEquals(503, exchange.shed().status());
    assertEquals(List.of("outer before", "inner before", "inner after 503", "outer after 503"), trace.lines());
  }

  private Exchange mounted() {
    var inner = new App();
    inner.use(trace.passing("inner"));
    inner.get("/", _ -> {
      throw new StackOverflowError();
    });
    app.use(trace.passing("outer"));
    app.mount("/shop", inner);
    return app.open(Request.get("/shop"));
  }

  @Test
  void evenWhereTheHandlerEndsInAnError() {
    Exchange exchange = mounted();
    assertTrue(exchange.fastLane().isEmpty());
    StackOverflowError error = assertThrows(StackOverflowError.class, exchange::slowLane);
    assertEquals(500, exchange.broken(error).status());
    assertEquals(List.of("outer before", "inner before", "inner after 500", "outer after 500"), trace.lines());
  }

  @Test
  void evenWhereAnErrorComesOutOfTheApplication() {
    app.use(trace.passing("a"));
    app.get("/", _ -> {
      throw new StackOverflowError();
    });
    assertThrows(StackOverflowError.class, () -> app.request("/"));
    assertEquals(List.of("a before", "a after 500"), trace.lines());
  }

  @Test
  void onTheHeadThatEveryMiddlewareHasSeen() {
    app.use((_, next) -> {
      trace.add("m in");
      Response response = next.proceed().withStatus(202);
      trace.add("m out");
      return response;
    });
    app.use(trace.passing("late"));
    app.get("/", c -> c.text("x"));
    assertEquals(202, app.request("/").status());
    assertEquals(List.of("m in", "late before", "m out", "late after 202"), trace.lines());
  }

  @Test
  void anAfterMayChangeStatusAndFields() {
    app.use(after(response -> response.withStatus(203).withHeader("Via", "edge")));
    app.get("/", c -> c.text("x"));
    Response response = app.request("/");
    assertEquals(203, response.status());
    assertEquals("edge", response.header("Via").orElseThrow());
    assertEquals("x", response.text());
  }

  @Test
  void anAfterThatChangesTheBodyIsAnError() {
    app.use(trace.passing("outer"), after(_ -> Response.text(200, "another body")));
    app.get("/", c -> c.text("x"));
    Response response = app.request("/");
    assertEquals(500, response.status());
    assertEquals("", response.text());
    assertEquals(List.of("outer before", "outer after 500"), trace.lines());
  }

  private static Gate after(UnaryOperator<Response> change) {
    return new Gate() {
      @Override
      public Verdict before(Context c) {
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        return change.apply(response);
      }
    };
  }

  @Test
  void overASocketAsInProcess() throws IOException, InterruptedException {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    app.use(trace.passing("a"));
    app.use("/answer", trace.answering("b", 403));
    app.get("/answer", c -> c.text("x"));
    app.get("/error", _ -> {
      throw new StackOverflowError();
    });
    app.get("/busy", c -> {
      entered.countDown();
      assertTrue(release.await(20, TimeUnit.SECONDS));
      return c.text("busy");
    });
    try (var served = new Served(app, Served.OPTIONS.withConcurrency(Concurrency.defaults()
        .withMaxConcurrent(1)
        .withQueue(0, Duration.ZERO))); RawClient busy = served.client()) {
      for (String[] each : new String[][]{{"/answer", "403"}, {"/error", "500"}, {"/nowhere", "404"}}) {
        trace.clear();
        RawClient.Reply reply = served.get(each[0]);
        assertEquals(each[1], String.valueOf(reply.status()));
        assertTrue(reply.header("Seen").equals("a"), each[0]);
        assertEquals(1, trace.lines().stream().filter(line -> line.equals("a after " + each[1])).count(), each[0]);
      }
      busy.get("/busy");
      assertTrue(entered.await(10, TimeUnit.SECONDS));
      trace.clear();
      assertEquals("a", served.get("/busy").header("Seen"));
      assertEquals(List.of("a before", "a after 503"), trace.lines());
      release.countDown();
      assertEquals("busy", busy.reply().body());
      assertFalse(trace.lines().contains("a after 500"));
    }
  }
}
