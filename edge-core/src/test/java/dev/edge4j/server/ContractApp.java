package dev.edge4j.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;

/** An application that has each kind of response, and a client that asks for each: what must be the same by whatever way bytes come. */
final class ContractApp {
  static final int LARGE = 5_000_000;
  private static final byte[] BLOCK = "0123456789abcdef".repeat(1_000).getBytes(US_ASCII);

  private ContractApp() {}

  /** The application; its file is made in the folder. */
  static App in(Path folder) throws IOException {
    Path file = folder.resolve("large.bin");
    var content = new byte[LARGE];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i % 251);
    }
    Files.write(file, content);
    var app = new App();
    app.get("/", c -> c.text("hello"));
    app.get("/about", c -> c.text(c.request().scheme() + " " + c.client().address().getHostAddress() + " " + c.client()
        .certificate()
        .map(certificate -> certificate.getSubjectX500Principal().getName())
        .orElse("nobody")));
    app.post("/count", c -> c.text(String.valueOf(c.bodyBytes().length)));
    app.get("/file", c -> new Response(200, Headers.empty(), new Body.File(file)));
    app.get("/bytes", c -> Response.bytes(200, "application/octet-stream", content));
    app.get("/stream", c -> new Response(200, Headers.empty(), new Body.Stream(out -> {
      for (int i = 0; i < LARGE / BLOCK.length; i++) {
        out.write(BLOCK);
      }
    })));
    return app;
  }

  /** Everything once, over connections that {@code open} makes. */
  static void assertServed(Opener open) throws Exception {
    try (RawClient client = open.open()) {
      Assertions.assertEquals("hello", client.get("/").reply().body());
      Assertions.assertEquals("hello", client.get("/").reply().body(), "kept alive");
      String body = "x".repeat(1_000_000);
      client.send("POST /count HTTP/1.1\r\nHost: t\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
      Assertions.assertEquals("1000000", client.reply().body());
      assertIsFile(client.get("/file").reply().body());
      assertIsFile(client.get("/bytes").reply().body());
      String streamed = client.get("/stream").reply().body();
      Assertions.assertEquals(LARGE / BLOCK.length * BLOCK.length, streamed.length());
      client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n".repeat(20));
      for (int i = 0; i < 20; i++) {
        Assertions.assertEquals(200, client.reply().status(), "pipelined");
      }
      client.send("GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
      Assertions.assertEquals("hello", client.reply().body());
      Assertions.assertTrue(client.isClosed());
    }
  }

  /** The client has said all it has to say, and still reads. */
  static void assertServedHalfClosed(Opener open) throws Exception {
    try (RawClient client = open.open()) {
      client.get("/stream");
      client.closeOutput();
      Assertions.assertEquals(LARGE / BLOCK.length * BLOCK.length, client.reply().body().length());
      Assertions.assertTrue(client.isClosed());
    }
  }

  private static void assertIsFile(String body) {
    Assertions.assertEquals(LARGE, body.length());
    for (int i : new int[]{0, 1, 65_535, 65_536, LARGE / 2, LARGE - 1}) {
      Assertions.assertEquals(i % 251, body.charAt(i), "at byte " + i);
    }
  }

  /** Opens a connection. */
  @FunctionalInterface
  interface Opener {
    RawClient open() throws IOException;
  }
}
