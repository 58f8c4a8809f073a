package dev.edge4j.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.server.limits.Counter;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A body that arrives with its head is there when the handler asks for it; what it looks like otherwise does not depend on that. */
class BodiesThatCameAlongNeedNoWaitTest {
  private Server server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    var app = new App();
    app.post("/", c -> c.text(c.bodyText()));
    app.post("/in-parts", c -> {
      InputStream body = c.request().body().stream();
      String first = new String(body.readNBytes(3), US_ASCII);
      return c.text(first + "|" + new String(body.readAllBytes(), US_ASCII));
    });
    server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
    client = new RawClient(server);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private String post(String path, String framing, String body) throws IOException {
    client.send("POST " + path + " HTTP/1.1\r\nHost: t\r\n" + framing + "\r\n\r\n" + body);
    RawClient.Reply reply = client.reply();
    return reply.status() == 200 ? reply.body() : String.valueOf(reply.status());
  }

  private String sized(String path, String body) throws IOException {
    return post(path, "Content-Length: " + body.length(), body);
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  @Test
  void nobodyParks() throws IOException {
    for (int i = 0; i < 100; i++) {
      assertEquals("body " + i, sized("/", "body " + i));
      assertEquals("in two", post("/", "Transfer-Encoding: chunked", chunk("in ") + chunk("two") + "0\r\n\r\n"));
    }
    assertEquals(0L, server.counts().get(Counter.PARKS_IN_FIRST_STINT));
    assertTrue(server.counts().getOrDefault(Counter.STINTS_INLINE, 0L) > 0);
  }

  @Test
  void aLongOneComesAsItCan() throws IOException {
    String body = "0123456789".repeat(30_000);
    assertEquals(body, sized("/", body));
    assertEquals("012|" + body.substring(3), sized("/in-parts", body));
    StringBuilder chunks = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      chunks.append(chunk("x".repeat(i + 1)));
    }
    assertEquals("x".repeat(300 * 301 / 2), post("/", "Transfer-Encoding: chunked", chunks + "0\r\n\r\n"));
  }

  @Test
  void aPartMayBeReadBeforeTheRest() throws IOException {
    assertEquals("abc|defg", sized("/in-parts", "abcdefg"));
    assertEquals("abc|", sized("/in-parts", "abc"));
    assertEquals("ab|", sized("/in-parts", "ab"));
    assertEquals("abc|defg", post("/in-parts", "Transfer-Encoding: chunked", chunk("abcd") + chunk("efg")
        + "0\r\n\r\n"));
  }

  @Test
  void whatIsMalformedIsRefusedAsEver() throws IOException {
    assertEquals("400", post("/", "Transfer-Encoding: chunked", chunk("good") + "nonsense\r\n"));
  }
}
