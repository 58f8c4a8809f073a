package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What HTTP/1.1 clients may count on. */
class ServerTest {
  @TempDir private static Path folder;

  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    Path file = Files.writeString(folder.resolve("file.txt"), "from a file");
    var app = new App();
    app.get("/", c -> c.text("hello"));
    app.get("/inline", Handler.inline(c -> c.text("inline")));
    app.get("/thread", c -> c.text("" + Thread.currentThread().isVirtual()));
    app.get("/empty", c -> c.empty());
    app.post("/echo", c -> c.text(c.bodyText()));
    app.post("/ignore", c -> c.text("ignored"));
    app.get("/file", _ -> Response.of(200).withBody(new Body.File(file)));
    app.get("/stream", _ -> Response.of(200).withBody(new Body.Stream(out -> {
      for (int i = 0; i < 1_000; i++) {
        out.write(("line " + i + "\n").getBytes(StandardCharsets.UTF_8));
      }
    })));
    app.get("/broken-stream", _ -> Response.of(200).withBody(new Body.Stream(out -> {
      out.write('x');
      throw new IllegalStateException("in the middle");
    })));
    app.get("/forged", _ -> Response.text(200, "x")
        .withHeader("Content-Length", "999")
        .withHeader("Connection", "close"));
    app.get("/latin", c -> c.text("x").withHeader("Name", c.header("Name").orElse("none")));
    app.get("/error", _ -> {
      throw new StackOverflowError();
    });
    server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1").withMaxBodyBytes(1_000));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RawClient.Reply get(String target) throws IOException {
    try (var client = new RawClient(server)) {
      return client.get(target).reply();
    }
  }

  @Test
  void handlersRunOnVirtualThreads() throws IOException {
    assertEquals("true", get("/thread").body());
    assertEquals("inline", get("/inline").body());
  }

  @Test
  void aConnectionIsKept() throws IOException {
    try (var client = new RawClient(server)) {
      assertEquals("hello", client.get("/").reply().body());
      assertEquals("inline", client.get("/inline").reply().body());
      assertEquals(404, client.get("/nowhere").reply().status());
      assertEquals("hello", client.get("/").reply().body());
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\none".repeat(20)
          + "GET /inline HTTP/1.1\r\nHost: t\r\n\r\n");
      for (int i = 0; i < 20; i++) {
        assertEquals("one", client.reply().body());
      }
      assertEquals("inline", client.reply().body());
    }
  }

  @Test
  void theClientMayCloseAndOldClientsAreUnderstood() throws IOException {
    try (var client = new RawClient(server)) {
      RawClient.Reply reply = client.send("GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n").reply();
      assertEquals("close", reply.header("Connection"));
      assertTrue(client.isClosed());
    }
    try (var client = new RawClient(server)) {
      assertEquals("hello", client.send("GET / HTTP/1.0\r\n\r\n").reply().body());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void headHasTheLengthAndNoBody() throws IOException {
    try (var client = new RawClient(server)) {
      RawClient.Reply reply = client.send("HEAD / HTTP/1.1\r\nHost: t\r\n\r\n").reply(true);
      assertEquals("5", reply.header("Content-Length"));
      assertEquals("hello", client.get("/").reply().body());
    }
  }

  @Test
  void aBodilessStatusHasNoLength() throws IOException {
    RawClient.Reply reply = get("/empty");
    assertEquals(204, reply.status());
    assertEquals("", reply.header("Content-Length"));
  }

  @Test
  void everyResponseHasADate() throws IOException {
    assertTrue(get("/").header("Date").endsWith(" GMT"));
  }

  @Test
  void framingIsTheServersAlone() throws IOException {
    RawClient.Reply reply = get("/forged");
    assertEquals("1", reply.header("Content-Length"));
    assertEquals("close", reply.header("Connection"));
  }

  @Test
  void fieldValuesAreBytesBothWays() throws IOException {
    try (var client = new RawClient(server)) {
      RawClient.Reply reply = client.send("GET /latin HTTP/1.1\r\nHost: t\r\nName: caf\u00e9\r\n\r\n").reply();
      assertEquals("caf\u00e9", reply.header("Name"));
    }
  }

  @Test
  void chunkedBodiesAreRead() throws IOException {
    try (var client = new RawClient(server)) {
      client.send(
          "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n4\r\n two\r\n0\r\n\r\n");
      assertEquals("one two", client.reply().body());
      assertEquals("hello", client.get("/").reply().body());
    }
  }

  @Test
  void aBodyOverTheLimitIs413() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1001\r\n\r\n" + "x".repeat(1001));
      assertEquals(413, client.reply().status());
      assertEquals("hello", client.get("/").reply().body());
    }
    try (var client = new RawClient(server)) {
      client.send("POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send(("1f4\r\n" + "x".repeat(500) + "\r\n").repeat(3) + "0\r\n\r\n");
      assertEquals(413, client.reply().status());
    }
  }

  @Test
  void aBodyNobodyReadsIsThrownAwayOrClosedUpon() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("POST /ignore HTTP/1.1\r\nHost: t\r\nContent-Length: 900\r\n\r\n" + "x".repeat(900));
      assertEquals("ignored", client.reply().body());
      assertEquals("hello", client.get("/").reply().body());
    }
    try (var client = new RawClient(server)) {
      client.send("POST /ignore HTTP/1.1\r\nHost: t\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(100_000));
      assertEquals("ignored", client.reply().body());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void continueLeavesAtTheFirstReadOfTheBody() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      assertEquals(100, client.reply().status());
      assertEquals("one", client.send("one").reply().body());
    }
    try (var client = new RawClient(server)) {
      client.send("POST /ignore HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      assertEquals("ignored", client.reply().body());
      assertTrue(client.isClosed(), "the client may send the body or another request: nobody can tell which");
    }
  }

  @Test
  void filesAndStreamsAreSent() throws IOException {
    assertEquals("from a file", get("/file").body());
    try (var client = new RawClient(server)) {
      RawClient.Reply reply = client.get("/stream").reply();
      assertEquals("chunked", reply.header("Transfer-Encoding"));
      assertTrue(reply.body().endsWith("line 999\n"));
      assertEquals("hello", client.get("/").reply().body());
    }
  }

  @Test
  void aStreamThatBreaksOffIsNotEndedAsIfItWereWhole() throws IOException {
    try (var client = new RawClient(server)) {
      client.get("/broken-stream");
      IOException e = assertThrows(IOException.class, client::reply);
      assertTrue(String.valueOf(e.getMessage()).startsWith("closed"), e.getMessage());
    }
  }

  @Test
  void evenAnErrorIsAnswered() throws IOException {
    assertEquals(500, get("/error").status());
    assertEquals("hello", get("/").body());
  }

  @Test
  void pathsHaveOneForm() throws IOException {
    assertEquals("hello", get("/x/%2e%2e/").body());
    assertEquals(400, get("/%00").status());
    assertEquals(400, get("/%zz").status());
    assertFalse(get("/%2Finline").status() == 200);
  }
}
