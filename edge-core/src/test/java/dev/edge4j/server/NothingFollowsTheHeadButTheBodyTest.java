package dev.edge4j.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that waits to be told to send its body is told before the answer begins or not at all (RFC 9110 section 10.1.1). */
@Timeout(60)
class NothingFollowsTheHeadButTheBodyTest {
  private static final String POST = " HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";

  private final Server server = start();

  private static Server start() {
    var app = new App();
    app.post("/reads-first", c -> Response.of(200)
        .withBody(new Body.Stream(out -> out.write(c.request().body().stream().readAllBytes()))));
    app.post("/writes-first", c -> Response.of(200).withBody(new Body.Stream(out -> {
      out.write("begun ".getBytes(US_ASCII));
      out.write(c.request().body().stream().readAllBytes());
    })));
    return Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whoReadsFirstTellsTheClient() throws IOException {
    try (var client = new RawClient(server)) {
      assertEquals(100, client.send("POST /reads-first" + POST).reply().status());
      assertEquals("abc", client.send("abc").reply().body());
    }
  }

  @Test
  void whoHasBegunToAnswerDoesNot() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("POST /writes-first" + POST);
      var seen = new StringBuilder();
      while (seen.indexOf("begun ") < 0) {
        seen.append(new String(client.some(1), US_ASCII));
      }
      client.send("abc"); // it did not wait for ever
      while (seen.indexOf("0\r\n\r\n") < 0) {
        seen.append(new String(client.some(1), US_ASCII));
      }
      assertEquals("6\r\nbegun \r\n3\r\nabc\r\n0\r\n\r\n", seen.substring(seen.indexOf("\r\n\r\n") + 4));
    }
  }
}
