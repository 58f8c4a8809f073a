package dev.edge4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test that has its answer can wait for what the handler left for after it, both ways, and closing the client waits too. */
class WorkForLaterHasBegunWhenTheAnswerIsThereTest {
  private final AtomicInteger done = new AtomicInteger();
  private final App app = new App();

  private void routes() {
    app.get("/text", c -> {
      c.waitUntil(done::incrementAndGet);
      return c.text("ok");
    });
    app.get("/stream", c -> {
      c.waitUntil(done::incrementAndGet);
      return Response.of(200).withBody(new Body.Stream(out -> out.write(new byte[100_000])));
    });
  }

  @ParameterizedTest
  @EnumSource
  void drainWaitsForIt(Transport way) throws InterruptedException {
    routes();
    try (var client = TestClient.of(app, way)) {
      for (int i = 1; i <= 200; i++) {
        assertEquals(200, client.get(i % 2 == 0 ? "/text" : "/stream").status());
        assertTrue(app.drain(Duration.ofSeconds(10)));
        assertEquals(i, done.get());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void closeWaitsForIt(Transport way) {
    var released = new CountDownLatch(1);
    app.get("/", c -> {
      c.waitUntil(() -> {
        released.await();
        done.incrementAndGet();
      });
      return c.text("ok");
    });
    try (var client = TestClient.of(app, way)) {
      client.get("/");
      Thread.ofVirtual().start(released::countDown);
    }
    assertEquals(1, done.get());
  }
}
