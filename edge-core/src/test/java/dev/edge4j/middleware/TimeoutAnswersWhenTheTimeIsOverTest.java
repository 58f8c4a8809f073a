package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.BodyTap;
import dev.edge4j.Context;
import dev.edge4j.Deadline;
import dev.edge4j.Exchange;
import dev.edge4j.Gate;
import dev.edge4j.GatewayTimeout;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import dev.edge4j.testing.VirtualClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who waits gets 504 in time; what is late is told so, and touches nothing any more. */
@org.junit.jupiter.api.Timeout(60)
class TimeoutAnswersWhenTheTimeIsOverTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Key<String> NOTE = Key.named("note");

  private final VirtualClock time = new VirtualClock();
  private final App app = new App().time(time);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<String> trace = new CopyOnWriteArrayList<>();

  @AfterEach
  void letGo() throws InterruptedException {
    release.countDown();
    assertTrue(app.drain(Duration.ofSeconds(30)), "all that was left behind comes to its end");
  }

  private CompletableFuture<Response> ask(Request request) {
    return CompletableFuture.supplyAsync(() -> app.request(request), Executors.newVirtualThreadPerTaskExecutor());
  }

  /** Asks, and lets the second pass once what shall be late runs. */
  private Response askUntilLate(String target) throws InterruptedException {
    CompletableFuture<Response> answer = ask(Request.get(target));
    reached.await();
    time.advance(SECOND);
    return answer.join();
  }

  private Response late(Context c) throws InterruptedException {
    reached.countDown();
    release.await();
    trace.add("cancelled " + c.cancelled() + ", over " + c.deadline().isOver());
    ended.countDown();
    return c.text("too late");
  }

  @Test
  void aLateHandlerIs504AndIsToldSo() throws InterruptedException {
    app.use(Timeout.after(SECOND));
    app.get("/", this::late);
    Response response = askUntilLate("/");
    assertEquals(504, response.status());
    assertEquals("application/problem+json", response.header("Content-Type").orElseThrow());
    release.countDown();
    ended.await();
    assertEquals(List.of("cancelled true, over true"), trace);
  }

  @Test
  void anOuterMiddlewareAndTheGroupsOnErrorSeeAnOrdinaryError() throws InterruptedException {
    app.onError((c, error) -> c.text(503, error.getClass().getSimpleName() + " for " + c.path()));
    app.use((_, next) -> {
      try {
        return next.proceed();
      } catch (GatewayTimeout e) {
        trace.add("saw " + e.status());
        throw e;
      }
    });
    app.use(Timeout.after(SECOND));
    app.get("/x", this::late);
    assertEquals("GatewayTimeout for /x", askUntilLate("/x").text());
    assertEquals(List.of("saw 504"), trace);
  }

  @Test
  void whatIsInTimePassesAsIfNothingStoodAround() {
    app.use((c, next) -> {
      Response response = next.proceed();
      return response.withHeader("Path", c.path()).withHeader("Note", c.require(NOTE));
    });
    app.use(Timeout.after(SECOND));
    app.use((c, next) -> {
      c.rewrite(c.request().withTarget(RequestTarget.parse("/rewritten")));
      c.set(NOTE, "from inside");
      return next.proceed();
    });
    app.get("/:id", c -> c.text(c.param("id").asString() + " " + c.deadline().remaining().orElseThrow()));
    Response response = app.request("/7");
    assertEquals("7 PT1S", response.text());
    assertEquals("/rewritten", response.header("Path").orElseThrow());
    assertEquals("from inside", response.header("Note").orElseThrow());
  }

  @Test
  void exceptionsAndErrorsTravelOut() {
    app.use((c, next) -> {
      try {
        return next.proceed();
      } catch (IllegalStateException e) {
        return c.text("caught " + e.getMessage());
      }
    });
    app.use(Timeout.after(SECOND));
    app.get("/exception", _ -> {
      throw new IllegalStateException("it");
    });
    app.get("/error", _ -> {
      throw new StackOverflowError("deep");
    });
    assertEquals("caught it", app.request("/exception").text());
    Exchange exchange = app.open(Request.get("/error"));
    assertTrue(exchange.fastLane().isEmpty());
    StackOverflowError error = assertThrows(StackOverflowError.class, exchange::slowLane);
    assertEquals("deep", error.getMessage());
    assertEquals(500, exchange.broken(error).status());
  }

  @Test
  void whatIsLateGoesNoFurtherDownTheChain() throws InterruptedException {
    app.use(Timeout.after(SECOND));
    app.use((_, next) -> {
      reached.countDown();
      release.await();
      try {
        return next.proceed();
      } catch (Exception e) {
        trace.add(e.getClass().getSimpleName());
        throw e;
      } finally {
        ended.countDown();
      }
    });
    app.get("/", c -> {
      trace.add("the handler ran");
      return c.text("x");
    });
    assertEquals(504, askUntilLate("/").status());
    release.countDown();
    ended.await();
    assertEquals(List.of("CancellationException"), trace);
  }

  @Test
  void theShortestOfSeveralCounts() throws InterruptedException {
    app.use(Timeout.after(SECOND));
    app.group("/short").use(Timeout.after(SECOND.dividedBy(2))).get("/", this::left);
    app.group("/long").use(Timeout.after(SECOND.multipliedBy(2))).get("/", this::left);
    assertEquals("PT0.5S", app.request("/short").text());
    assertEquals("PT1S", app.request("/long").text());
    while (time.pendingTimers() != 0) {
      Thread.onSpinWait();
    }
  }

  private Response left(Context c) {
    return c.text(c.deadline().remaining().map(Duration::toString).orElse("none"));
  }

  @Test
  void withoutATimeoutThereIsNoDeadline() {
    app.get("/", this::left);
    assertEquals("none", app.request("/").text());
  }

  @ParameterizedTest
  @CsvSource({"200, PT0.2S", "1000, PT1S", "5000, PT1S", "soon, PT1S", "-1, PT1S"})
  void aCallerMayOnlyShortenTheTime(String told, String left) {
    app.use(Timeout.after(SECOND).honouringCaller());
    app.get("/", this::left);
    assertEquals(left, app.request(Request.get("/").withHeader(Deadline.HEADER, told)).text());
  }

  @Test
  void aCallerIsHeardOnlyWhereThatIsAskedFor() {
    app.use(Timeout.after(SECOND));
    app.get("/", this::left);
    assertEquals("PT1S", app.request(Request.get("/").withHeader(Deadline.HEADER, "1")).text());
  }

  @Test
  void aCallerWithoutTimeIsAnsweredAtOnce() {
    app.use(Timeout.after(SECOND).honouringCaller());
    app.get("/", _ -> {
      throw new AssertionError("ran");
    });
    assertEquals(504, app.request(Request.get("/").withHeader(Deadline.HEADER, "0")).status());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void aTimeThatIsNoneIsRefusedAtStart(long nanos) {
    assertThrows(IllegalArgumentException.class, () -> Timeout.after(Duration.ofNanos(nanos)));
  }

  @Test
  void aMountedApplicationIsLeftAsAWhole() throws InterruptedException {
    var inner = new App();
    inner.onError((c, _) -> {
      trace.add("the inner onError ran");
      return c.text("rendered inside");
    });
    inner.get("/late", c -> {
      late(c);
      throw new IllegalStateException("too late");
    });
    app.use(Timeout.after(SECOND));
    app.mount("/in", inner);
    assertEquals(504, askUntilLate("/in/late").status());
    release.countDown();
    assertTrue(app.drain(Duration.ofSeconds(30)));
    assertEquals(List.of("cancelled true, over true"), trace);
  }

  @Test
  void aTimeoutInAMountedApplicationIsRenderedThere() throws InterruptedException {
    var inner = new App().time(time);
    inner.onError((c, error) -> c.text(504, "inside: " + assertInstanceOf(GatewayTimeout.class, error).status()));
    inner.use(Timeout.after(SECOND));
    inner.get("/late", this::late);
    app.mount("/in", inner);
    assertEquals("inside: 504", askUntilLate("/in/late").text());
  }

  @Test
  void workThatALateHandlerLeavesStillRuns() throws InterruptedException {
    var written = new CountDownLatch(1);
    app.use(Timeout.after(SECOND));
    app.get("/", c -> {
      reached.countDown();
      release.await();
      c.waitUntil(written::countDown);
      return c.text("x");
    });
    assertEquals(504, askUntilLate("/").status());
    release.countDown();
    written.await();
  }

  @Test
  void workAfterAnAnswerInTimeHasNoDeadlineOfIt() throws Exception {
    var left = new CompletableFuture<Optional<Duration>>();
    app.use(Timeout.after(SECOND));
    app.get("/", c -> {
      c.waitUntil(() -> left.complete(c.deadline().remaining()));
      return c.text("x");
    });
    assertEquals("x", app.request("/").text());
    assertEquals(Optional.empty(), left.get());
  }

  @Test
  void aClientThatLeavesIsSeenInsideAndNoTimerStays() throws Exception {
    app.use(Timeout.after(SECOND));
    app.get("/", c -> {
      ended.countDown();
      release.await();
      return c.text("cancelled " + c.cancelled());
    });
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty());
    var answer = CompletableFuture.supplyAsync(exchange::slowLane, Executors.newVirtualThreadPerTaskExecutor());
    ended.await();
    exchange.cancel();
    assertFalse(answer.isDone(), "nobody is interrupted");
    release.countDown();
    assertEquals("cancelled true", answer.get().text());
    while (time.pendingTimers() != 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void errorsOfWhatIsLateGoNowhere() throws InterruptedException {
    app.use(Timeout.after(SECOND));
    app.get("/", c -> {
      late(c);
      throw new StackOverflowError("late");
    });
    assertEquals(504, askUntilLate("/").status());
    release.countDown();
    ended.await();
  }

  @Test
  void anInnerTimeLimitIsAnErrorThatTheOuterPartMayAnswerInTime() throws InterruptedException {
    app.use(Timeout.after(SECOND.multipliedBy(10)));
    app.use((c, next) -> {
      try {
        return next.proceed();
      } catch (GatewayTimeout e) {
        return c.text("a spare answer, " + c.deadline().remaining().orElseThrow() + " left, cancelled " + c
            .cancelled());
      }
    });
    app.use(Timeout.after(SECOND));
    app.get("/", this::late);
    CompletableFuture<Response> answer = ask(Request.get("/"));
    reached.await();
    time.advance(SECOND);
    assertEquals("a spare answer, PT9S left, cancelled false", answer.join().text());
  }

  /** Both parts write variables at once; none is lost, and what was set before is still there. */
  @Test
  void variablesMayBeSetByBothPartsAtOnce() throws InterruptedException {
    List<Key<Integer>> keys = IntStream.range(0, 4_000).mapToObj(i -> Key.<Integer>named("k" + i)).toList();
    var both = new CyclicBarrier(2);
    app.onError((c, _) -> {
      setAll(c, keys.subList(0, 2_000), both);
      return c.text(c.require(NOTE) + " " + keys.stream().filter(key -> c.get(key).isPresent()).count());
    });
    app.use((c, next) -> {
      c.set(NOTE, "from before");
      return next.proceed();
    });
    app.use(Timeout.after(SECOND));
    app.get("/", c -> {
      reached.countDown();
      setAll(c, keys.subList(2_000, 4_000), both);
      return c.text("late");
    });
    assertEquals("from before 4000", askUntilLate("/").text());
  }

  /** Sets the keys in step with the other part, so that both are at it at the same time. */
  private static void setAll(Context c, List<Key<Integer>> keys, CyclicBarrier both) throws Exception {
    for (int i = 0; i < keys.size(); i++) {
      if (i % 20 == 0) {
        both.await();
      }
      c.set(keys.get(i), 1);
    }
    both.await();
  }

  /** Writes down how it ends. */
  private BodyTap tap(String name) {
    return new BodyTap() {
      @Override
      public void chunk(ByteBuffer bytes) {
        trace.add(name + " saw " + StandardCharsets.UTF_8.decode(bytes));
      }

      @Override
      public void end() {
        trace.add(name + " end");
      }

      @Override
      public void abort() {
        trace.add(name + " abort");
      }
    };
  }

  private Gate tapping(String name) {
    return c -> {
      c.tap(tap(name));
      return Verdict.pass();
    };
  }

  @Test
  void tapsOfBothPartsSeeTheBodyOfAnAnswerInTime() {
    app.use(tapping("outer")).use(Timeout.after(SECOND)).use(tapping("inner"));
    app.get("/", c -> c.text("tea"));
    assertEquals("tea", app.request("/").text());
    assertEquals(List.of("outer saw tea", "inner saw tea", "outer end", "inner end"), trace);
  }

  @Test
  void tapsOfWhatIsLateAreAbortedOnce() throws InterruptedException {
    app.onError((c, _) -> c.text(504, "late"));
    app.use(tapping("outer")).use(Timeout.after(SECOND)).use(tapping("inner"));
    app.get("/", this::late);
    assertEquals("late", askUntilLate("/").text());
    release.countDown();
    assertTrue(app.drain(Duration.ofSeconds(30)));
    assertEquals(List.of("outer saw late", "outer end", "cancelled true, over true", "inner abort"), trace);
  }

  /** A gate of the outer part runs while what is late reads its body: that one is no gate, and may. */
  @Test
  void aGateThatFinishesDoesNotKeepWhatIsLateFromItsBody() throws InterruptedException {
    var finishing = new CountDownLatch(1);
    var read = new CountDownLatch(1);
    app.use(new Gate() {
      @Override
      public Verdict before(Context c) {
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        finishing.countDown();
        while (read.getCount() > 0) {
          Thread.onSpinWait();
        }
        return response;
      }
    });
    app.use((_, next) -> next.proceed()).use(Timeout.after(SECOND));
    app.post("/", c -> {
      reached.countDown();
      finishing.await();
      try {
        trace.add(c.bodyText());
      } finally {
        read.countDown();
      }
      return c.text("late");
    });
    CompletableFuture<Response> answer = ask(Request.post("/").withBody("text/plain", new byte[]{'t', 'e', 'a'}));
    reached.await();
    time.advance(SECOND);
    assertEquals(504, answer.join().status());
    assertEquals(List.of("tea"), trace);
  }
}
