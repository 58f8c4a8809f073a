package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Exchange;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.http.Response;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A stream of events that a cache passes on hears of a stop of the server as any other does. */
class EventsEndWhenTheServerStopsTest {
  @Test
  void behindACacheToo() throws Exception {
    var started = new CountDownLatch(1);
    var app = new App();
    app.use("/*", ResponseCache.create());
    app.get("/events", c -> c.sse(events -> {
      events.send("tea");
      started.countDown();
      events.awaitEnd();
    }));
    Exchange exchange = Waiters.open(app, "/events");
    Response response = exchange.slowLane();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> body = threads.submit(() -> Waiters.body(response));
      Waiting.until(started);
      exchange.drain();
      try {
        assertTrue(body.get(20, TimeUnit.SECONDS).contains("tea"));
      } finally {
        exchange.cancel();
      }
    }
  }
}
