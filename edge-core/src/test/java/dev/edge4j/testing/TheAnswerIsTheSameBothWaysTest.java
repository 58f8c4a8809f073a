package dev.edge4j.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.HttpError;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever may differ between a call and a connection, a test does not see it. */
class TheAnswerIsTheSameBothWaysTest {
  @TempDir private Path folder = Path.of("");

  private static TestClient client(Transport way, Handler handler) {
    return TestClient.of(app(handler), way, ServerOptions.port(0)
        .withMaxBodyBytes(1_000)
        .withMaxHeadBytes(500, 1_000));
  }

  private static App app(Handler handler) {
    var app = new App();
    app.all("/*", handler);
    return app;
  }

  private static Handler answering(Response response) {
    return _ -> response;
  }

  private static Response stream(Body.Writer writer) {
    return Response.of(200).withBody(new Body.Stream(writer));
  }

  @ParameterizedTest
  @EnumSource
  void aStreamIsWrittenOut(Transport way) {
    try (var client = client(way, _ -> stream(out -> {
      for (int i = 0; i < 2_000; i++) {
        out.write(("line " + i + "\n").getBytes(UTF_8));
      }
    }))) {
      String text = client.get("/").text();
      assertEquals(2_000, text.lines().count());
      assertTrue(text.endsWith("line 1999\n"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileIsRead(Transport way) throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "from a file");
    try (var client = client(way, answering(Response.of(200).withBody(new Body.File(file))))) {
      assertEquals("from a file", client.get("/").text());
      Response head = client.head("/");
      assertEquals(200, head.status());
      assertEquals(Body.empty(), head.body());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsGoneIsAnEmpty500(Transport way) {
    Response gone = Response.of(200).withHeader("A", "b").withBody(new Body.File(folder.resolve("gone")));
    try (var client = client(way, answering(gone))) {
      assertEquals(Response.of(500), client.get("/"));
      assertEquals(Response.of(500), client.head("/"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStreamThatFailsBeforeItsFirstByteIsAnEmpty500(Transport way) {
    try (var client = client(way, _ -> stream(out -> {
      out.write(new byte[0]);
      throw new StackOverflowError();
    }))) {
      assertEquals(Response.of(500), client.get("/"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStreamThatFailsLaterIsNoResponse(Transport way) {
    try (var client = client(way, _ -> stream(out -> {
      out.write('x');
      throw new IllegalStateException("in the middle");
    }))) {
      UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> client.get("/"));
      assertTrue(String.valueOf(e.getMessage()).contains("broke off"), e.getMessage());
    }
    try (var client = client(way, _ -> stream(out -> {
      out.flush();
      throw new IllegalStateException("after the head");
    }))) {
      assertThrows(UncheckedIOException.class, () -> client.get("/"));
    }
  }

  @ParameterizedTest
  @CsvSource({"IN_PROCESS, 204", "IN_PROCESS, 205", "IN_PROCESS, 304", "SOCKET, 204", "SOCKET, 205", "SOCKET, 304"})
  void someStatusesHaveNoBody(Transport way, int status) {
    try (var client = client(way, c -> c.path().equals("/text") ? c.text(status, "never seen") : stream(_ -> {
      throw new IllegalStateException("never called");
    }).withStatus(status))) {
      for (String path : new String[]{"/text", "/stream"}) {
        Response response = client.get(path);
        assertEquals(status, response.status());
        assertEquals(Body.empty(), response.body());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void headHasTheFieldsAlone(Transport way) {
    try (var client = client(way, c -> c.text("hello").withHeader("ETag", "\"1\""))) {
      Response head = client.head("/");
      assertEquals(Headers.of("Content-Type", MediaType.TEXT, "ETag", "\"1\""), head.headers());
      assertEquals(Body.empty(), head.body());
    }
  }

  @ParameterizedTest
  @EnumSource
  void fieldsOfTheConnectionAreLeftOutAndOthersKeepOrderAndCase(Transport way) {
    Headers given = Headers.of("b", "1", "Date", "never", "A", "2", "connection", "close", "B", " caf\u00e9\t", "Empty",
        "", "Content-Length", "99", "Transfer-Encoding", "gzip");
    try (var client = client(way, answering(Response.of(200).withHeaders(given)))) {
      assertEquals(Headers.of("b", "1", "A", "2", "B", "caf\u00e9", "Empty", ""), client.get("/").headers());
    }
  }

  @ParameterizedTest
  @EnumSource
  void theApplicationSeesTheSameRequest(Transport way) {
    try (var client = client(way, c -> c.text(c.method() + " " + c.request().target().raw() + " " + c.path() + " " + c
        .request()
        .scheme() + " " + c.client().address().getHostAddress() + "\n" + c.headers() + c.bodyText()))) {
      assertEquals("GET /a%20b?q=%zz /a b http 127.0.0.1\nHost: localhost\n", client.get("/a%20b?q=%zz").text());
      assertEquals("PUT / / http 127.0.0.1\nHost: localhost\nContent-Length: 0\n", client.send(Method.PUT, "/").text());
      assertEquals("POST /%C3%A9 /\u00e9 http 127.0.0.1\n"
          + "Host: localhost\nContent-Type: application/json\nContent-Length: 2\n{}", client.postJson("/\u00e9", "{}")
              .text());
      assertEquals("DELETE / / http 127.0.0.1\nA: b\nHost: h\n", client.with("Host", "h")
          .with("A", "c")
          .send(Request.of(Method.DELETE, "/").withHeader("A", "b"))
          .text());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChunkedBodyIsOneForTheApplication(Transport way) {
    try (var client = client(way, c -> c.text(c.header("Content-Length").orElse("none") + " " + c.bodyText()))) {
      Request request = Request.post("/").withBody(MediaType.TEXT, "hello".getBytes(UTF_8));
      assertEquals("none hello", client.send(request.withHeader("Transfer-Encoding", "chunked")).text());
      assertEquals("none ", client.send(Request.post("/").withHeader("Transfer-Encoding", "chunked")).text());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anErrorThatNobodyMayCatchIsA500(Transport way) {
    try (var client = client(way, _ -> {
      throw new StackOverflowError();
    })) {
      assertEquals(Response.of(500), client.get("/"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void handlersRunOnVirtualThreads(Transport way) {
    try (var client = client(way, c -> c.text("" + Thread.currentThread().isVirtual()))) {
      assertEquals("true", client.get("/").text());
    }
    try (var client = client(way, Handler.inline(c -> c.text("" + Thread.currentThread().isVirtual())))) {
      assertEquals("false", client.get("/").text());
    }
  }

  @ParameterizedTest
  @CsvSource({"IN_PROCESS, false", "IN_PROCESS, true", "SOCKET, false", "SOCKET, true"})
  void aBodyOverTheLimitIs413OnceItIsRead(Transport way, boolean chunked) {
    try (var client = client(way, c -> c.path().equals("/ignore") ? c.text("ignored") : c.text(c.bodyText()))) {
      for (int size : new int[]{1_000, 1_001, 300_000}) {
        Response echoed = client.send(post("/", size, chunked));
        assertEquals(size <= 1_000 ? 200 : 413, echoed.status());
        assertEquals(size <= 1_000 ? "x".repeat(size) : echoed.text(), echoed.text());
        assertEquals("ignored", client.send(post("/ignore", size, chunked)).text());
      }
    }
  }

  private static Request post(String path, int size, boolean chunked) {
    Request request = Request.post(path).withBody(MediaType.TEXT, "x".repeat(size).getBytes(UTF_8));
    return chunked ? request.withHeader("Transfer-Encoding", "chunked") : request;
  }

  @ParameterizedTest
  @EnumSource
  void aTargetOverTheLimitIs414(Transport way) {
    try (var client = client(way, c -> c.text("ok"))) {
      int rest = 500 - "GET / HTTP/1.1".length();
      assertEquals("ok", client.get("/" + "x".repeat(rest)).text());
      Response refused = client.get("/" + "x".repeat(rest + 1));
      assertEquals(414, refused.status());
      assertTrue(refused.text().contains("the request line is longer than 500 bytes"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void fieldsOverTheLimitAre431(Transport way) {
    try (var client = client(way, c -> c.text("ok"))) {
      int rest = 1_000 - "Host: localhost".length() - "A: B: ".length();
      Request request = Request.get("/").withHeader("A", "a".repeat(100));
      assertEquals("ok", client.send(request.withHeader("B", "b".repeat(rest - 100))).text());
      Response refused = client.send(request.withHeader("B", "b".repeat(rest - 99)));
      assertEquals(431, refused.status());
      assertTrue(refused.text().contains("the header fields are longer than 1000 bytes"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyTargetCanBeSent(Transport way) {
    try (var client = client(way, c -> c.text(c.request().target().raw()))) {
      for (String taken : new String[]{"/a|b\"<>^`{}", "//x", "/a/%2e%2e/b", "/a/../b", "/a%2Fb",
          "http://other.example/c"}) {
        assertEquals(taken, client.get(taken).text());
      }
      for (String refused : new String[]{"/a%zz", "/%", "/%00", "/%c0%ae", "/a#b", "a/b", "*"}) {
        Response response = client.get(refused);
        assertEquals(400, response.status(), refused);
        assertEquals(Optional.of(MediaType.PROBLEM_JSON), response.header("Content-Type"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoOneRequestIsRefusedByTheClient(Transport way) {
    try (var client = client(way, c -> c.text("never"))) {
      for (String target : new String[]{"", "/a b", "/a\r\nX: y", "/\u007f"}) {
        assertThrows(IllegalArgumentException.class, () -> client.get(target));
      }
      Headers twoHosts = Headers.of("Host", "a", "host", "b");
      assertThrows(IllegalArgumentException.class, () -> client.send(Request.get("/").withHeaders(twoHosts)));
      assertThrows(IllegalArgumentException.class,
          () -> client.send(Request.post("/").withHeader("Transfer-Encoding", "gzip, chunked")));
      Request once = Request.post("/").withJson("{}");
      client.send(once);
      assertThrows(IllegalStateException.class, () -> client.send(once));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theApplicationIsSealed(Transport way) {
    var app = new App();
    try (var _ = TestClient.of(app, way)) {
      assertThrows(IllegalStateException.class, () -> app.get("/late", c -> c.text("late")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void optionsOfTheServerAsAWhole(Transport way) {
    var app = new App();
    app.get("/", c -> c.text("ok"));
    try (var client = TestClient.of(app, way)) {
      assertEquals(Optional.of("GET, HEAD, OPTIONS"), client.send(Method.OPTIONS, "*").header("Allow"));
      assertEquals(Optional.of("GET, HEAD, OPTIONS"), client.send(Method.OPTIONS, "/").header("Allow"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void interimResponsesAreNotTheAnswer(Transport way) {
    try (var client = client(way, c -> c.text(c.bodyText()))) {
      assertEquals("{}", client.with("Expect", "100-continue").postJson("/", "{}").text());
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorsAreProblemsAndCloseNothingThatShows(Transport way) {
    try (var client = client(way, TheAnswerIsTheSameBothWaysTest::refuse)) {
      Response response = client.get("/");
      assertEquals(Headers.of("Content-Type", MediaType.PROBLEM_JSON, "Vary", "Accept"), response.headers());
      assertEquals(408, response.status());
    }
  }

  private static Response refuse(Context c) {
    throw new HttpError(408, "too slow, " + c.method(), Headers.of("Connection", "close"));
  }
}
