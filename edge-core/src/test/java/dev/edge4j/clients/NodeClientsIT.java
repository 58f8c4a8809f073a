package dev.edge4j.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.edge4j.App;
import dev.edge4j.http.ServerSentEvent;
import dev.edge4j.middleware.BodyLimit;
import dev.edge4j.middleware.compression.Compression;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What most programs in JavaScript ask with: undici, which is Node's fetch, and the EventSource of npm. */
@Timeout(180)
class NodeClientsIT {
  private static final Path MODULE = Path.of(System.getProperty("basedir", ""));

  @Test
  void whatTheyKnowByThemselvesWorks() throws Exception {
    Path home = installed();
    try (Server server = Server.start(app(), ServerOptions.port(0).withHost("127.0.0.1"))) {
      String echoes = IntStream.range(0, 20).mapToObj(i -> "" + i).collect(Collectors.joining(" "));
      assertEquals(List.of("fetch gzip 100000", "streamed upload 100000", "too long 413", "pipelined " + echoes,
          "events 1:one 2:two 3:one 4:two 5:one 6:two"),
          ClientProcess.run(home, List.of("node", "clients.mjs", "" + server.port())).lines().toList());
    }
  }

  /** Each stream of events ends after two, so the client has to come again and say where it was. */
  private static App app() {
    var app = new App();
    app.use(Compression.create().withEventStreams());
    app.get("/page", c -> c.text("x".repeat(100_000)));
    app.get("/echo/:id", c -> c.text(c.param("id").asString()));
    app.group("/length", length -> {
      length.use(BodyLimit.of(200_000));
      length.post("/", c -> c.text("" + c.bodyBytes().length));
    });
    app.get("/events", c -> c.sse(events -> {
      int last = events.lastEventId().map(Integer::parseInt).orElse(0);
      events.send(ServerSentEvent.of("one").withId("" + (last + 1)).withRetry(Duration.ofMillis(10)));
      events.send(ServerSentEvent.of("two").withId("" + (last + 2)));
    }));
    return app;
  }

  private static Path installed() throws InterruptedException {
    try {
      Path home = Files.createDirectories(MODULE.resolve("target/http-clients"));
      for (String file : List.of("package.json", "clients.mjs")) {
        Files.copy(MODULE.resolve("src/test/resources/clients").resolve(file), home.resolve(file),
            StandardCopyOption.REPLACE_EXISTING);
      }
      if (!Files.exists(home.resolve("node_modules/undici"))) {
        ClientProcess.run(home, List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"));
      }
      return home;
    } catch (IOException e) {
      return fail("this test needs Node, npm and the packages of src/test/resources/clients: " + e.getMessage(), e);
    }
  }
}
