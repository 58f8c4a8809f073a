package dev.edge4j.middleware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body over the limit of its route is 413, whatever its head says about it (GHSA-92vj-g62v-jqhh was a body without a length). */
@Timeout(30)
class BodyLimitCountsWhatArrivesTest {
  private final App app = new App();
  private final AtomicInteger handled = new AtomicInteger();

  private void route(long... limits) {
    for (long limit : limits) {
      app.use(BodyLimit.of(limit));
    }
    app.post("/", c -> {
      int length = c.bodyBytes().length;
      handled.incrementAndGet();
      return c.text("" + length);
    });
  }

  @ParameterizedTest
  @CsvSource({"10, 10, 200", "11, 10, 413", "0, 0, 200", "1, 0, 413"})
  void theLimitItselfIsStillLetIn(int length, int limit, int status) {
    route(limit);
    assertEquals(status, app.request(Request.post("/").withForm("x".repeat(length))).status());
  }

  @Test
  void aBodyWithoutALengthIsCountedWhileItIsRead() {
    route(10);
    assertEquals(413, app.request(Request.post("/").withBody(RequestBody.of(new byte[11]))).status());
    assertEquals(0, handled.get());
  }

  @Test
  void aLengthThatIsTooShortIsNotBelieved() {
    route(10);
    assertEquals(413, app.request(Request.post("/")
        .withBody(RequestBody.of(new byte[11]))
        .withHeader("Content-Length", "5")).status());
  }

  @Test
  void aLengthThatNoLongHoldsIsTooLong() {
    route(10);
    assertEquals(413, app.request(Request.post("/")
        .withBody(RequestBody.of(new byte[1]))
        .withHeader("Content-Length", "99999999999999999999")).status());
  }

  @ParameterizedTest
  @CsvSource({"5, 20", "20, 5"})
  void theLowestOfSeveralCounts(long outer, long inner) {
    route(outer, inner);
    assertEquals(413, app.request(Request.post("/").withBody(RequestBody.of(new byte[6]))).status());
    assertEquals("5", app.request(Request.post("/").withBody(RequestBody.of(new byte[5]))).text());
  }

  @Test
  void aChunkedBodyOverASocketIsCutOffAtTheByteThatIsTooMany() throws IOException {
    route(10);
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"))) {
      assertTrue(chunked(server, "5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n").startsWith("HTTP/1.1 200"));
      assertTrue(chunked(server, "5\r\nhello\r\n6\r\nworld!\r\n0\r\n\r\n").startsWith("HTTP/1.1 413"));
    }
    assertEquals(1, handled.get());
  }

  private static String chunked(Server server, String chunks) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream()
          .write(("POST / HTTP/1.1\r\nHost: t\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
              + chunks).getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void aNegativeLimitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> BodyLimit.of(-1));
  }
}
