package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import dev.edge4j.http.ServerSentEvent;
import dev.edge4j.testing.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The listings of docs/sse.md. */
@Timeout(30)
class EventsGuideTest {
  /** Who listens where: one listener a room is enough for a guide. */
  private static final class Rooms {
    interface Listener {
      void on(String message) throws IOException;
    }

    interface Membership extends AutoCloseable {
      @Override
      void close();
    }

    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();

    Membership join(String room, Listener listener) {
      listeners.put(room, listener);
      return () -> listeners.remove(room);
    }

    void say(String room, String message) throws Exception {
      Listener listener = listeners.get(room);
      while (listener == null) {
        Thread.sleep(1);
        listener = listeners.get(room);
      }
      listener.on(message);
    }
  }

  private final Rooms rooms = new Rooms();

  @Test
  void eventsHaveIdsToComeBackTo() {
    var app = new App();
    // tag::ticks[]
    app.get("/ticks", c -> c.sse(events -> {
      int seen = events.lastEventId().map(Integer::parseInt).orElse(0);
      for (int i = seen + 1; i <= 3; i++) {
        events.send(ServerSentEvent.of("tick " + i + "\nof 3").withEvent("tick").withId(String.valueOf(i)));
      }
    }));
    // end::ticks[]
    try (var client = TestClient.inProcess(app)) {
      assertEquals("id: 3\nevent: tick\ndata: tick 3\ndata: of 3\n\n", client.with("Last-Event-ID", "2")
          .get("/ticks")
          .text());
    }
  }

  @Test
  void otherThreadsSend() throws Exception {
    var app = new App();
    // tag::room[]
    app.get("/rooms/:room", c -> c.sse(events -> {
      try (var _ = rooms.join(c.param("room").asString(), message -> events.send(message))) {
        events.awaitEnd();
      }
    }));
    // end::room[]
    assertEquals("data: hello\n\n", written(app, "/rooms/tea", "tea"));
    assertFalse(rooms.listeners.containsKey("tea"));
  }

  @Test
  void theEndWakesAQueue() throws Exception {
    var app = new App();
    // tag::queue[]
    app.get("/queue", c -> c.sse(events -> {
      var messages = new LinkedBlockingQueue<String>();
      events.onEnd(() -> messages.add("")); // wakes the loop below
      rooms.join("queue", messages::add);
      for (String message = messages.take(); events.isOpen(); message = messages.take()) {
        events.send(message);
      }
    }));
    // end::queue[]
    assertEquals("data: hello\n\n", written(app, "/queue", "queue"));
  }

  /** What comes of a stream in whose room somebody says hello, and whose client then leaves. */
  private String written(App app, String target, String room) throws Exception {
    Response response = app.request(target);
    var client = new Leaving();
    var ended = new CompletableFuture<String>();
    Thread reader = Thread.ofVirtual().start(() -> {
      try {
        ((Body.Stream) response.body()).writer().writeTo(client);
      } catch (IOException e) {
        ended.complete(e.getMessage());
      }
    });
    rooms.say(room, "hello");
    try {
      rooms.say(room, "are you there?");
    } catch (IOException e) {
      assertEquals("gone", e.getMessage());
    }
    reader.join();
    assertEquals("the client has left", ended.getNow("as if nothing had happened"));
    return client.toString(StandardCharsets.UTF_8);
  }

  /** Takes one event, and is gone. */
  private static final class Leaving extends ByteArrayOutputStream {
    @Override
    public void write(byte[] bytes) throws IOException {
      if (size() > 0) {
        throw new IOException("gone");
      }
      super.write(bytes);
    }
  }
}
