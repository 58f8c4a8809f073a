package dev.edge4j.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.http.Response;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The browser's end, {@code edge-socket.js}, in Chromium: a page loses its server and misses nothing. */
@Timeout(90)
@DisabledIfSystemProperty(named = "edge4j.browser", matches = "false")
class EdgeSocketIT {
  private static final String PAGE = """
      <!DOCTYPE html><title>room</title><script type="module">
      import { EdgeSocket } from '/edge-socket.js';
      const seen = [], socket = new EdgeSocket('/room/tea', { key: 'tea' });
      socket.onopen = resumed => { seen.push(resumed ? 'resumed' : 'new'); if (!resumed) socket.send('attach tray'); };
      socket.onmessage = data => {
        seen.push(typeof data == 'string' ? data : 'bytes ' + new TextDecoder().decode(data));
        if (data == 'end') fetch('/seen', { method: 'POST', body: seen.join(', ') });
      };
      socket.onclose = code => fetch('/seen', { method: 'POST', body: seen.join(', ') + ', closed ' + code });
      </script>""";

  private static final String LEFT = """
      <!DOCTYPE html><title>left</title><script type="module">
      import { EdgeSocket } from '/edge-socket.js';
      const seen = [], socket = new EdgeSocket('/room/tea');
      socket.onopen = () => seen.push('open');
      socket.onclose = code => fetch('/seen', { method: 'POST', body: [...seen, 'closed ' + code].join(', ') });
      socket.close();
      </script>""";

  private final Map<DurableObjects, Namespace<Room>> declared = new HashMap<>();
  private final CompletableFuture<String> seen = new CompletableFuture<>();

  @Test
  void aPageThatLosesItsServerMissesNothing(@TempDir Path folder, @TempDir Path profile) throws Exception {
    int port;
    Process chromium;
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      Room room = rooms(objects).get("tea");
      try (Server server = serve(rooms(objects), 0)) {
        port = server.port();
        chromium = chromium(profile, port, "/");
        Lodging.until(() -> room.here().equals(List.of("=tray")));
        room.say("one");
      }
      room.say("two");
    }
    try (DurableObjects objects = DurableObjects.embedded(folder);
        Server server = serve(rooms(objects), port)) {
      assertEquals(port, server.port());
      Room room = rooms(objects).get("tea");
      room.bytes("three");
      room.say("end");
      String all = seen.get(40, TimeUnit.SECONDS);
      assertEquals("new, attached, one, two, bytes three, end", all.replace("resumed, ", ""));
      assertEquals(1, all.split("resumed").length - 1, all);
    } finally {
      end(chromium);
    }
  }

  /** Closed while it connects, a socket is closed like any other: an error would stand in the console, and be a 1006 here. */
  @Test
  void aPageThatIsLeftBeforeItIsConnectedSaysNothing(@TempDir Path folder, @TempDir Path profile) throws Exception {
    try (DurableObjects objects = DurableObjects.embedded(folder); Server server = serve(rooms(objects), 0)) {
      Process chromium = chromium(profile, server.port(), "/left");
      try {
        assertEquals("closed 1000", seen.get(40, TimeUnit.SECONDS));
      } finally {
        end(chromium);
      }
    }
  }

  private static Process chromium(Path profile, int port, String page) throws IOException {
    return new ProcessBuilder("chromium", "--headless=new", "--no-sandbox", "--disable-gpu",
        "--disable-dev-shm-usage", "--no-first-run", "--user-data-dir=" + profile, "--remote-debugging-port=0",
        "http://127.0.0.1:" + port + page).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Its helpers write into the profile for a moment longer than it runs. */
  private static void end(Process chromium) {
    List<ProcessHandle> helpers = chromium.descendants().toList();
    chromium.destroy();
    chromium.onExit().join();
    helpers.forEach(helper -> helper.onExit().join());
  }

  private Namespace<Room> rooms(DurableObjects objects) {
    return declared.computeIfAbsent(objects, o -> o.namespace("room", Room.class, Room.Stored::new));
  }

  private Server serve(Namespace<Room> rooms, int port) throws IOException {
    App app = Room.app(rooms);
    app.get("/", c -> c.html(PAGE));
    app.get("/left", c -> c.html(LEFT));
    // tag::client[]
    byte[] script = EdgeSocket.script();
    app.get("/edge-socket.js", _ -> Response.bytes(200, "text/javascript", script));
    // end::client[]
    app.post("/seen", c -> {
      seen.complete(new String(c.bodyBytes(), UTF_8));
      return c.empty();
    });
    return Server.start(app, ServerOptions.port(port).withHost("127.0.0.1"));
  }
}
