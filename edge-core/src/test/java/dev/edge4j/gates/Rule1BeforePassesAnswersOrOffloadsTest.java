package dev.edge4j.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Exchange;
import dev.edge4j.Gate;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Rule 1: before passes, answers or offloads; who offloads is resumed through handle, which stands for both halves. */
class Rule1BeforePassesAnswersOrOffloadsTest {
  private final Trace trace = new Trace();
  private final App app = new App();

  @Test
  void whoPassesLeavesTheAnswerToTheRest() {
    app.use(trace.passing("a"));
    app.get("/", c -> c.text("x"));
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty());
    assertFalse(exchange.isOffloaded());
    assertEquals("x", exchange.slowLane().text());
    assertEquals(List.of("a before", "a after 200"), trace.lines());
  }

  @Test
  void whoAnswersKeepsTheRestFromRunning() {
    app.use(trace.passing("a"), trace.answering("b", 403), trace.passing("c"));
    app.get("/", _ -> {
      throw new AssertionError("ran");
    });
    assertEquals("b", app.open(Request.get("/")).fastLane().orElseThrow().text());
    assertEquals(List.of("a before", "b before", "b after 403", "a after 403"), trace.lines());
  }

  @Test
  void whoOffloadsIsResumedThroughHandleAndHasNoAfter() {
    app.use(trace.passing("a"), trace.offloading("b"), trace.passing("c"));
    app.get("/", c -> c.text("x"));
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty());
    assertTrue(exchange.isOffloaded());
    Response response = exchange.slowLane();
    assertEquals(List.of("a before", "b before", "b handle", "c before", "c after 200", "a after 200"), trace.lines());
    assertEquals(List.of("c", "a"), response.headers().all("Seen"));
  }

  @Test
  void twoMayOffloadInOneChain() {
    app.use(trace.offloading("a"), trace.offloading("b"));
    app.get("/", c -> c.text("x"));
    assertEquals("x", app.request("/").text());
    assertEquals(List.of("a before", "a handle", "b before", "b handle"), trace.lines());
  }

  /** Waits for what it cannot tell, and may do what any middleware may. */
  private static final class Asks implements Gate {
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final CompletableFuture<Thread> waiting = new CompletableFuture<>();

    @Override
    public Verdict before(Context c) {
      return Verdict.offload();
    }

    @Override
    public Response handle(Context c, Next next) throws ExecutionException, InterruptedException {
      waiting.complete(Thread.currentThread());
      return c.text(answer.get() + " " + c.bodyText());
    }
  }

  @Test
  void handleMayBlockOnItsVirtualThreadAndReadTheBody()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    var asks = new Asks();
    app.use(asks);
    app.post("/", _ -> {
      throw new AssertionError("ran");
    });
    try (var served = new Served(app); RawClient client = served.client()) {
      client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\n\r\nbody");
      assertTrue(asks.waiting.get(10, TimeUnit.SECONDS).isVirtual());
      asks.answer.complete("told");
      assertEquals("told body", client.reply().body());
    }
  }

  @Test
  void whoOffloadsButCannotHandleIsAnErrorThatNamesIt() {
    app.onError((c, e) -> c.text(500, String.valueOf(e.getMessage())));
    app.use(new Undecided());
    app.get("/", c -> c.text("x"));
    assertTrue(app.request("/").text().startsWith("Undecided offloads"));
  }

  private static final class Undecided implements Gate {
    @Override
    public Verdict before(Context c) {
      return Verdict.offload();
    }
  }

  @Test
  void noVerdictAtAllIsAnErrorThatNamesTheGate() {
    app.onError((c, e) -> c.text(500, String.valueOf(e.getMessage())));
    app.use(trace.gate("silent", _ -> nothing()));
    app.get("/", c -> c.text("x"));
    assertTrue(app.request("/").text().startsWith("silent.before returned null"));
    assertEquals(List.of("silent before"), trace.lines());
  }

  @Test
  void anAnswerWithoutAResponseIsAnErrorThere() {
    app.onError((c, e) -> c.text(500, String.valueOf(e.getMessage())));
    app.use(trace.gate("empty", _ -> noAnswer()));
    app.get("/", c -> c.text("x"));
    assertTrue(app.request("/").text().startsWith("Verdict.answer(null)"));
    assertEquals(List.of("empty before"), trace.lines());
  }

  @SuppressWarnings("NullAway") // what a user without a null checker may do
  private static Verdict noAnswer() {
    return Verdict.answer(null);
  }

  @SuppressWarnings("NullAway") // what a user without a null checker may do
  private static Verdict nothing() {
    return null;
  }
}
