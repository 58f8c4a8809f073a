package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 4 of the gates: {@code after} runs exactly once for each gate whose {@code before} ran, a deadline's 504 included. */
@Timeout(120)
class AfterRunsOnceWhenTheTimeIsOverTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualClock time = new VirtualClock();
  private final App app = new App().time(time);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<String> trace = new CopyOnWriteArrayList<>();

  /** Writes down its halves, in which it may be held up. */
  private final class Traced implements Gate {
    private final String name;
    private final Runnable held;

    Traced(String name, Runnable held) {
      this.name = name;
      this.held = held;
    }

    @Override
    public Verdict before(Context c) {
      held.run();
      trace.add(name + " before");
      return Verdict.pass();
    }

    @Override
    public Response after(Context c, Response response) {
      trace.add(name + " after " + response.status());
      return response.withAddedHeader("Seen", name);
    }
  }

  private Gate traced(String name) {
    return new Traced(name, () -> {});
  }

  private static Middleware within(Duration duration) {
    return (c, next) -> next.proceedBy(Deadline.in(duration, c.time()));
  }

  private Response stuck(Context c) throws InterruptedException {
    reached.countDown();
    release.await();
    return c.text("late");
  }

  private void hold() {
    try {
      reached.countDown();
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Response askUntilLate(String target) throws InterruptedException {
    var answer = CompletableFuture.supplyAsync(() -> app.request(target), Executors.newVirtualThreadPerTaskExecutor());
    reached.await();
    time.advance(SECOND);
    return answer.join();
  }

  private void letGo() throws InterruptedException {
    release.countDown();
    assertTrue(app.drain(Duration.ofSeconds(30)));
  }

  @Test
  void gatesInsideAndOutsideSeeTheFinalHead() throws InterruptedException {
    app.use(traced("a"));
    app.use(within(SECOND));
    app.use(traced("b"));
    app.get("/", this::stuck);
    Response response = askUntilLate("/");
    assertEquals(504, response.status());
    assertEquals(List.of("b", "a"), response.headers().all("Seen"));
    letGo();
    assertEquals(List.of("a before", "b before", "b after 504", "a after 504"), trace);
  }

  @Test
  void gatesOfAMountedApplicationThatWasLeftToo() throws InterruptedException {
    var inner = new App();
    inner.use(traced("b"));
    inner.get("/", this::stuck);
    app.use(traced("a"));
    app.use(within(SECOND));
    app.mount("/in", inner);
    Response response = askUntilLate("/in");
    assertEquals(List.of("b", "a"), response.headers().all("Seen"));
    letGo();
    assertEquals(List.of("a before", "b before", "b after 504", "a after 504"), trace);
  }

  @Test
  void aGateThatIsBeingEnteredWhenTheTimeEndsFinishesOnTheHeadThatLeft() throws InterruptedException {
    app.use(traced("a"), traced("b"));
    app.use(within(SECOND));
    app.use(new Traced("c", this::hold), traced("d"));
    app.get("/", this::stuck);
    Response response = askUntilLate("/");
    assertEquals(List.of("b", "a"), response.headers().all("Seen"));
    assertEquals(List.of("a before", "b before", "b after 504", "a after 504"), trace);
    letGo();
    assertEquals(List.of("c before", "c after 504"), trace.subList(4, trace.size()), "and d was never entered");
  }

  /** The deadline passes anywhere between two gates, in one, or in the mounted application; 2,000 times. */
  @Test
  void whateverTheInterleavingTheHalvesBalance() throws InterruptedException {
    var befores = new AtomicInteger();
    var afters = new AtomicInteger();
    var heads = new int[600];
    var counting = new Gate() {
      @Override
      public Verdict before(Context c) {
        befores.incrementAndGet();
        spin(5_000);
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        afters.incrementAndGet();
        return response.withAddedHeader("Seen", "x");
      }
    };
    var inner = new App();
    inner.use(counting, counting).get("/", c -> c.text("in time"));
    app.use(within(SECOND)).use(counting, counting, counting);
    app.get("/", c -> c.text("in time"));
    app.mount("/in", inner);
    for (int i = 0; i < 2_000; i++) {
      int delay = i * 7_919 % 200_000;
      Thread.ofVirtual().start(() -> {
        spin(delay);
        time.advance(SECOND);
      });
      heads[app.request(i % 2 == 0 ? "/" : "/in").status()]++;
    }
    assertTrue(app.drain(Duration.ofSeconds(30)));
    assertEquals(befores.get(), afters.get());
    assertEquals(2_000, heads[200] + heads[504], "an answer of either kind");
    assertTrue(heads[200] > 0 && heads[504] > 0, () -> heads[200] + " in time, " + heads[504] + " late");
  }

  private static void spin(int nanos) {
    long until = System.nanoTime() + nanos;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  /** The handler ends and the deadline passes at once: there is one outcome, and it is one of the two. */
  @Test
  void aHandlerThatEndsAtItsDeadlineHasOneOutcome() throws InterruptedException {
    var answers = new AtomicInteger();
    for (int i = 0; i < 500; i++) {
      var clock = new VirtualClock();
      var go = new CountDownLatch(1);
      var racing = new App().time(clock);
      racing.use(traced("g" + i));
      racing.use(within(SECOND));
      racing.get("/", c -> {
        go.await();
        answers.incrementAndGet();
        return c.text("in time");
      });
      var answer = CompletableFuture.supplyAsync(() -> racing.request("/"), Executors
          .newVirtualThreadPerTaskExecutor());
      while (clock.pendingTimers() != 1) {
        Thread.onSpinWait();
      }
      Thread.ofVirtual().start(() -> clock.advance(SECOND));
      go.countDown();
      Response response = answer.join();
      assertTrue(racing.drain(Duration.ofSeconds(30)));
      assertTrue(response.status() == 504 || response.text().equals("in time"));
      assertEquals(List.of("g" + i + " before", "g" + i + " after " + response.status()), List.copyOf(trace));
      trace.clear();
    }
    assertTrue(answers.get() > 0);
  }
}
