package dev.edge4j.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.Readiness;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application is well while what it cannot do without is; asking that costs little however often, and never hangs. */
@Timeout(30)
class HealthAsksWhatMattersTest {
  private final VirtualClock clock = new VirtualClock();
  private final App app = new App();

  HealthAsksWhatMattersTest() {
    app.time(clock);
  }

  private static void fail() throws IOException {
    throw new IOException("password=hunter2");
  }

  private Response ask(Health health) {
    app.get("/readyz", health.handler());
    return app.request("/readyz");
  }

  @Test
  void itIsWellWhileAllChecksPass() {
    Response answer = ask(Health.create().check("orders", () -> {}).optionalCheck("mail", () -> {}));
    assertEquals(200, answer.status());
    assertEquals("{\"status\":\"pass\"}", answer.text());
    assertEquals("application/health+json", answer.header("Content-Type").orElseThrow());
    assertEquals("no-store", answer.header("Cache-Control").orElseThrow());
  }

  @Test
  void aCriticalCheckThatFailsMakesIt503() {
    Response answer = ask(Health.create()
        .check("orders", HealthAsksWhatMattersTest::fail)
        .optionalCheck("mail", () -> {}));
    assertEquals(503, answer.status());
    assertEquals("{\"status\":\"fail\"}", answer.text());
  }

  @Test
  void anotherThatFailsIsAWarning() {
    Response answer = ask(Health.create()
        .check("orders", () -> {})
        .optionalCheck("mail", HealthAsksWhatMattersTest::fail));
    assertEquals(200, answer.status());
    assertEquals("{\"status\":\"warn\"}", answer.text());
  }

  @Test
  void anErrorIsAFailureToo() {
    assertEquals(503, ask(Health.create()
        .check("orders", () -> {
          throw new StackOverflowError();
        })).status());
  }

  @Test
  void checksAreShownToWhomTheyMayBeAndSecretsToNobody() {
    app.get("/readyz", Health.create()
        .check("orders", HealthAsksWhatMattersTest::fail)
        .optionalCheck("mail", () -> {})
        .showingChecks(c -> c.header("X-Staff").isPresent())
        .handler());
    String shown = app.request(Request.get("/readyz").withHeader("X-Staff", "1")).text();
    assertEquals(
        "{\"status\":\"fail\",\"checks\":{\"orders\":[{\"status\":\"fail\",\"observedValue\":0,\"observedUnit\":\"ms\","
            + "\"output\":\"java.io.IOException\"}],\"mail\":[{\"status\":\"pass\",\"observedValue\":0,\"observedUnit\":\"ms\"}]}}",
        shown);
    assertEquals("{\"status\":\"fail\"}", app.request("/readyz").text());
  }

  @Test
  void aFloodOfProbesAsksOnceASecond() {
    var asked = new AtomicInteger();
    app.get("/readyz", Health.create().check("orders", asked::incrementAndGet).handler());
    for (int i = 0; i < 100; i++) {
      app.request("/readyz");
    }
    assertEquals(1, asked.get());
    clock.advance(Duration.ofMillis(999));
    app.request("/readyz");
    assertEquals(1, asked.get());
    clock.advance(Duration.ofMillis(1));
    app.request("/readyz");
    assertEquals(2, asked.get());
  }

  @Test
  void whoComesWhileItAsksWaitsForTheSameAnswer() throws Exception {
    var asked = new AtomicInteger();
    var go = new CountDownLatch(1);
    app.get("/readyz", Health.create().check("orders", () -> {
      asked.incrementAndGet();
      go.await();
    }).handler());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> app.request("/readyz").status());
      var second = threads.submit(() -> app.request("/readyz").status());
      await(() -> asked.get() == 1);
      go.countDown();
      assertEquals(200, first.get());
      assertEquals(200, second.get());
    }
    assertEquals(1, asked.get());
  }

  @Test
  void checksRunAtTheSameTime() {
    var both = new CyclicBarrier(2);
    assertEquals(200, ask(Health.create().check("a", both::await).check("b", both::await)).status());
  }

  @Test
  void oneThatHangsFailsInTimeIsInterruptedAndIsNotBegunAgainUntilItEnds() throws Exception {
    var asked = new AtomicInteger();
    var interrupted = new CountDownLatch(1);
    var stubborn = new CountDownLatch(1);
    app.get("/readyz", Health.create().showingChecks(_ -> true).within(Duration.ofSeconds(2)).check("orders", () -> {
      if (asked.incrementAndGet() > 1) {
        return;
      }
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        stubborn.await();
      }
    }).handler());
    CompletableFuture<Response> first = CompletableFuture.supplyAsync(() -> app.request("/readyz"));
    await(() -> asked.get() == 1 && clock.pendingTimers() == 1);
    clock.advance(Duration.ofSeconds(2));
    assertEquals(503, first.get(10, TimeUnit.SECONDS).status());
    assertTrue(first.get().text().contains("took longer than PT2S"), first.get().text());
    assertTrue(interrupted.await(10, TimeUnit.SECONDS));
    Response second = app.request("/readyz");
    assertTrue(second.text().contains("hangs since it was asked before"), second.text());
    assertEquals(1, asked.get());
    stubborn.countDown();
    await(() -> {
      clock.advance(Duration.ofSeconds(1));
      return app.request("/readyz").status() == 200;
    });
    assertEquals(2, asked.get());
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "it did not happen");
      Thread.onSpinWait();
    }
  }

  @Test
  void itFollowsTheServerToo() {
    var readiness = Readiness.create();
    var asked = new AtomicBoolean();
    app.get("/readyz", Health.create().with(readiness).check("orders", () -> asked.set(true)).handler());
    assertEquals(503, app.request("/readyz").status());
    assertFalse(asked.get());
    var options = ServerOptions.port(0).withHost("127.0.0.1").withLifecycle(l -> l.withReadiness(readiness));
    try (var _ = Server.start(app, options)) {
      assertEquals(200, app.request("/readyz").status());
      assertTrue(asked.get());
    }
    assertEquals(503, app.request("/readyz").status());
  }

  @Test
  void beingAliveIsAnotherMatter() {
    app.get("/livez", Health.alive());
    Response answer = app.request("/livez");
    assertEquals(200, answer.status());
    assertEquals("{\"status\":\"pass\"}", answer.text());
    assertEquals("no-store", answer.header("Cache-Control").orElseThrow());
    assertEquals("nothing (exempt)", app.routes().getFirst().hopsAt());
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Health health = Health.create().check("orders", () -> {});
    assertThrows(IllegalArgumentException.class, () -> health.optionalCheck("orders", () -> {}));
    assertThrows(IllegalArgumentException.class, () -> health.check(" ", () -> {}));
    assertThrows(IllegalArgumentException.class, () -> health.within(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> health.holdingFor(Duration.ofSeconds(-1)));
  }
}
