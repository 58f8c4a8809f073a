package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.http.Headers;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fields behind a body in chunks reach whoever has read it to its end, and nobody before. */
class TrailersComeBehindTheBodyTest {
  private final Server server = start();

  private static Server start() {
    var app = new App();
    app.post("/", c -> {
      Headers before = c.request().body().trailers();
      String body = c.bodyText();
      return c.text(before.size() + " " + body + " " + c.request().body().trailers().first("Checksum").orElse("none"));
    });
    return Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String answer(String lastChunk) throws IOException {
    try (var client = new RawClient(server)) {
      client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n" + lastChunk);
      RawClient.Reply reply = client.reply();
      return reply.status() + " " + reply.body();
    }
  }

  @Test
  void theyAreReadWithTheEnd() throws IOException {
    assertEquals("200 0 abc 7b", answer("Checksum: 7b\r\nOther: x\r\n\r\n"));
    assertEquals("200 0 abc none", answer("\r\n"));
  }

  @Test
  void thoseThatWouldChangeTheRequestAreRefused() throws IOException {
    assertEquals("400", answer("Content-Length: 3\r\n\r\n").substring(0, 3));
    assertEquals("400", answer("Authorization: x\r\n\r\n").substring(0, 3));
  }
}
