package dev.edge4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.TimeSource;
import dev.edge4j.http.Origin;
import dev.edge4j.http.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One timer looks after the connections that rest, however often they are used. */
@Timeout(30)
class RestingConnectionsAreLookedAfterTest {
  private final ArrayDeque<Runnable> timers = new ArrayDeque<>();

  private final TimeSource time = new TimeSource() {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      timers.add(task);
      return () -> timers.remove(task);
    }
  };

  @Test
  void byOneTimerWhileThereAreAny() throws Exception {
    OriginOptions options = OriginOptions.defaults();
    OriginOptions brief = options.withTimeouts(options.timeouts().withIdle(Duration.ofMillis(50)));
    try (var origin = ScriptedOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        var connections = new Connections(Origin.of(origin.url()), brief, time)) {
      for (int i = 0; i < 10; i++) {
        ask(connections, origin);
      }
      assertEquals(1, timers.size());
      while (!timers.isEmpty()) { // until it has rested for too long
        timers.remove().run();
        TimeUnit.MILLISECONDS.sleep(1);
      }
      ask(connections, origin);
      assertEquals(1, timers.size());
    }
  }

  private static void ask(Connections connections, ScriptedOrigin origin) throws IOException {
    Outgoing request = Outgoing.of(Request.get("/"), Origin.of(origin.url()), OriginCall.plain());
    try (OriginResponse response = connections.send(request, OriginCall.plain())) {
      assertEquals("ok", response.text(9));
    }
  }
}
