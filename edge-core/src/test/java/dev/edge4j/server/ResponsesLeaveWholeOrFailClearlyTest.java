package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Gate;
import dev.edge4j.Handler;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever body a response has and whoever gives it, it leaves whole, or the client can tell that it did not. */
class ResponsesLeaveWholeOrFailClearlyTest {
  private static final int LARGE = 48 * 1024 * 1024;

  @TempDir private static Path folder;

  private static final App APP = new App();
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    Response file = Response.of(200).withBody(new Body.File(Files.writeString(folder.resolve("f"), "from a file")));
    Response stream = stream(out -> out.write("from a stream".getBytes(StandardCharsets.UTF_8)));
    APP.use("/gate/*", (Gate) _ -> Verdict.answer(file));
    APP.get("/gate/file", c -> c.text("not reached"));
    APP.get("/inline", Handler.inline(_ -> stream));
    APP.get("/file", _ -> file);
    APP.get("/stream", _ -> stream);
    APP.get("/vanished", _ -> Response.of(200).withBody(new Body.File(folder.resolve("vanished"))));
    APP.get("/fails-first", _ -> stream(_ -> {
      throw new IOException("the store is gone");
    }));
    APP.get("/error-later", _ -> stream(out -> {
      out.write('x');
      throw new AssertionError("in the middle");
    }));
    APP.get("/", c -> c.text("hello"));
    APP.get("/large", _ -> Response.bytes(200, "application/octet-stream", new byte[LARGE]));
    server = serving(Duration.ofMillis(300));
  }

  private static Server serving(Duration writeTimeout) {
    return Server.start(APP, ServerOptions.port(0)
        .withHost("127.0.0.1")
        .withConnectionTimeouts(Duration.ofSeconds(20), writeTimeout));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Response stream(Body.Writer writer) {
    return Response.of(200).withBody(new Body.Stream(writer));
  }

  @Test
  void filesAndStreamsOfGatesAndInlineHandlersAreSentToo() throws IOException {
    try (var client = new RawClient(server)) {
      assertEquals("from a file", client.get("/gate/file").reply().body());
      assertEquals("from a stream", client.get("/inline").reply().body());
    }
  }

  @Test
  void headTellsTheLengthOfAFileAndNoneOfAStream() throws IOException {
    try (var client = new RawClient(server)) {
      RawClient.Reply file = client.send("HEAD /file HTTP/1.1\r\nHost: t\r\n\r\n").reply(true);
      assertEquals("11", file.header("Content-Length"));
      RawClient.Reply stream = client.send("HEAD /stream HTTP/1.1\r\nHost: t\r\n\r\n").reply(true);
      assertEquals("", stream.header("Content-Length"));
      assertEquals("hello", client.get("/").reply().body());
    }
  }

  @Test
  void whatFailsBeforeTheFirstByteIsA500() throws IOException {
    try (var client = new RawClient(server)) {
      assertEquals(500, client.get("/vanished").reply().status());
      assertEquals(500, client.get("/fails-first").reply().status());
      assertEquals("hello", client.get("/").reply().body());
    }
  }

  @Test
  void evenAnErrorInTheMiddleOfAStreamEndsTheConnection() throws IOException {
    try (var client = new RawClient(server)) {
      client.get("/error-later");
      IOException e = assertThrows(IOException.class, client::reply);
      assertTrue(String.valueOf(e.getMessage()).startsWith("closed"), e.getMessage());
    }
  }

  @Test
  void anOldClientGetsAStreamWithoutChunksThatTheConnectionEnds() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      String all = client.rest();
      assertTrue(all.endsWith("\r\n\r\nfrom a stream"), all);
    }
  }

  @Test
  void aClientThatIsSlowButTakesSomeIsNotCutOff() throws Exception {
    var never = new CountDownLatch(1);
    try (Server patient = serving(Duration.ofSeconds(1)); var client = new RawClient(patient)) {
      client.get("/large");
      var taken = new ByteArrayOutputStream(LARGE);
      while (taken.size() < LARGE) {
        byte[] part = client.some(512 * 1024);
        assertTrue(part.length > 0, "cut off after " + taken.size());
        taken.write(part);
        // The pace of the client, which takes two seconds: twice the time-out.
        assertFalse(never.await(20, TimeUnit.MILLISECONDS));
      }
    }
  }
}
