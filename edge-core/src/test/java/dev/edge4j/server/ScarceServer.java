package dev.edge4j.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import dev.edge4j.server.limits.Counter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Runs out of what its process was given, on request. */
final class ScarceServer {
  private static final Path FULL_DISK = Path.of("/dev/full");

  private ScarceServer() {}

  public static void main(String[] args) throws IOException {
    var running = new AtomicReference<Server>();
    var app = new App();
    app.get("/", c -> c.text("hello"));
    app.get("/hog", c -> c.text("held " + hog()));
    app.get("/failed-accepts", c -> c.text(String.valueOf(running.get().counts().get(Counter.ACCEPTS_FAILED))));
    app.post("/store", c -> {
      store(c.bodyBytes());
      return c.empty();
    });
    app.get("/spool", _ -> Response.of(200).withBody(new Body.Stream(out -> {
      out.write("begun".getBytes(US_ASCII));
      store(new byte[64 * 1024]);
    })));
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"))) {
      running.set(server);
      System.out.println("port " + server.port());
      while (System.in.read() >= 0) {
        // Until its parent closes the pipe.
      }
    }
  }

  /** Takes all the memory there is. */
  private static int hog() {
    List<byte[]> held = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      held.add(new byte[256 * 1024]);
    }
    return held.size();
  }

  private static void store(byte[] bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(FULL_DISK)) {
      out.write(bytes);
    }
  }
}
