package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Exchange;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Who opted in is interrupted when nobody waits any more; nobody else is, and nothing that comes after. */
@org.junit.jupiter.api.Timeout(60)
class InterruptsStayWhereTheyBelongTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualClock time = new VirtualClock();
  private final App app = new App().time(time);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final CompletableFuture<String> ended = new CompletableFuture<>();

  /** Waits to be released or interrupted. */
  private Response waits(Context c) {
    entered.countDown();
    try {
      release.await();
      ended.complete("released");
    } catch (InterruptedException e) {
      ended.complete("interrupted, cancelled " + c.cancelled() + ", flag " + Thread.currentThread().isInterrupted());
    }
    return c.text("done");
  }

  private Exchange leave(Request request) throws InterruptedException {
    Exchange exchange = app.open(request);
    assertTrue(exchange.fastLane().isEmpty());
    Thread.ofVirtual().start(exchange::slowLane);
    entered.await();
    exchange.cancel();
    return exchange;
  }

  @Test
  void aClientThatLeavesInterruptsARouteThatOptedIn() throws Exception {
    app.with(InterruptWhenCancelled.create()).get("/", this::waits);
    leave(Request.get("/"));
    assertEquals("interrupted, cancelled true, flag false", ended.get());
  }

  @Test
  void byDefaultNobodyIsInterrupted() throws Exception {
    app.get("/", this::waits);
    leave(Request.get("/"));
    release.countDown();
    assertEquals("released", ended.get());
  }

  @Test
  void whatMayChangeSomethingIsNeverInterrupted() throws Exception {
    app.with(InterruptWhenCancelled.create()).all("/", this::waits);
    leave(Request.of(Method.POST, "/"));
    release.countDown();
    assertEquals("released", ended.get());
  }

  @Test
  void aTimeoutInterruptsWhetherItStandsInsideOrOutside() throws Exception {
    app.with(Timeout.after(SECOND), InterruptWhenCancelled.create()).get("/inside", this::waits);
    app.with(InterruptWhenCancelled.create(), Timeout.after(SECOND)).get("/outside", this::waits);
    for (String target : new String[]{"/inside", "/outside"}) {
      var answer = CompletableFuture.supplyAsync(() -> app.request(target),
          Executors.newVirtualThreadPerTaskExecutor());
      while (time.pendingTimers() != 1) {
        Thread.onSpinWait();
      }
      time.advance(SECOND);
      assertEquals(504, answer.join().status());
      assertTrue(app.drain(Duration.ofSeconds(30)), "the handler has been woken: " + target);
    }
  }

  @Test
  void aClientThatLeavesInterruptsAlsoBehindATimeout() throws Exception {
    app.with(Timeout.after(SECOND), InterruptWhenCancelled.create()).get("/inside", this::waits);
    leave(Request.get("/inside"));
    assertEquals("interrupted, cancelled true, flag false", ended.get());
  }

  @Test
  void aClientThatLeavesInterruptsAlsoInsideATimeout() throws Exception {
    app.with(InterruptWhenCancelled.create(), Timeout.after(SECOND)).get("/outside", this::waits);
    leave(Request.get("/outside"));
    assertEquals("interrupted, cancelled true, flag false", ended.get());
  }

  @Test
  void whoComesLaterIsInterruptedAtOnce() throws Exception {
    app.use((_, next) -> {
      entered.countDown();
      release.await();
      return next.proceed();
    });
    app.with(InterruptWhenCancelled.create()).get("/", c -> {
      ended.complete("flag " + Thread.currentThread().isInterrupted());
      return c.text("x");
    });
    leave(Request.get("/"));
    release.countDown();
    assertEquals("flag true", ended.get());
  }

  /** The client leaves just as the handler ends: whoever wins, what follows on that thread is not interrupted. */
  @Test
  void noInterruptReachesWhatComesAfter() throws Exception {
    int interrupted = 0;
    for (int i = 0; i < 2_000; i++) {
      var racing = new App();
      var both = new CyclicBarrier(2);
      var inside = new CompletableFuture<Boolean>();
      racing.with(InterruptWhenCancelled.create()).get("/", c -> {
        both.await();
        inside.complete(Thread.currentThread().isInterrupted());
        return c.text("x");
      });
      Exchange exchange = racing.open(Request.get("/"));
      assertTrue(exchange.fastLane().isEmpty());
      Thread leaving = Thread.ofVirtual().start(() -> {
        try {
          both.await();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
        exchange.cancel();
      });
      assertEquals(200, exchange.slowLane().status());
      leaving.join();
      assertFalse(Thread.currentThread().isInterrupted(), "the thread is as clean as it was");
      interrupted += inside.get() ? 1 : 0;
    }
    assertTrue(interrupted < 2_000, "some were done before the interrupt came");
  }
}
