package dev.edge4j.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.Response;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import dev.edge4j.server.tls.Authority;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked arrives, and what is answered comes back, in the small and in the large, whatever is spoken. */
@ParameterizedClass
@EnumSource(OriginProtocol.class)
class AnOriginIsAskedTest {
  private static final int MOST = 1_000_000;

  @TempDir private static Path folder;

  private final Server server;
  private final OriginClient client;

  AnOriginIsAskedTest(OriginProtocol protocol) throws Exception {
    ServerOptions options = ServerOptions.port(0)
        .withHost("127.0.0.1")
        .withLimits(usual -> usual.withRequests(usual.requests().withMaxBodyBytes(10_000_000)));
    OriginOptions asking = OriginOptions.defaults()
        .withProtocol(protocol)
        .withRetries(0)
        .withTimeouts(OriginOptions.Timeouts.defaults().withConnect(Duration.ofSeconds(10)));
    if (protocol == OriginProtocol.NEGOTIATED) { // with TLS, which is where there is something to negotiate
      var authority = new Authority(folder);
      var certified = authority.server("server");
      server = Server.start(app(), options.withEndpoint(options.endpoint().withTls(certified.tls())));
      client = OriginClient.to("https://127.0.0.1:" + server.port(), asking.withTls(authority.visitor()));
    } else {
      server = Server.start(app(), options);
      client = OriginClient.to("http://127.0.0.1:" + server.port(), asking);
    }
  }

  private static App app() {
    var app = new App();
    app.all("/echo/*", c -> {
      String fields = String.join(",", c.headers().list("X-Seen"));
      return c.text(c.method() + " " + c.path() + "?" + c.request().target().query() + " " + c.request().host() + " "
          + fields + " "
          + c.bodyText());
    });
    app.get("/fields", c -> c.text(c.headers().toString()));
    app.get("/large", c -> new Response(200, Headers.empty(), new Body.Stream(out -> {
      byte[] piece = "x".repeat(10_000).getBytes(UTF_8);
      for (int i = 0; i < 200; i++) {
        out.write(piece);
      }
    }, 2_000_000)));
    app.get("/none", c -> Response.of(204));
    app.post("/stream", c -> new Response(200, Headers.empty(), new Body.Stream(out -> {
      InputStream in = c.request().body().stream();
      byte[] piece = new byte[8192];
      for (int got = in.read(piece); got >= 0; got = in.read(piece)) {
        out.write(piece, 0, got);
        out.flush();
      }
    })).withTrailers(() -> Headers.of("X-Behind", c.request().body().trailers().first("X-Behind").orElse("none"))));
    return app;
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private String text(Request request) throws IOException {
    return client.send(request).text(MOST);
  }

  @Test
  void byEachMethod() throws IOException {
    String host = "127.0.0.1";
    assertEquals("GET /echo/a?b=c " + host + "  ", text(Request.get("/echo/a?b=c")));
    assertEquals("POST /echo/a? " + host + " x,y {}", text(Request.post("/echo/a")
        .withJson("{}")
        .withHeader("X-Seen", "x, y")));
    assertEquals("DELETE /echo/a? " + host + "  ", text(Request.of(Method.DELETE, "/echo/a")));
    assertEquals("PROPFIND /echo/a? " + host + "  ", text(Request.of(Method.of("PROPFIND"), "/echo/a")));
    try (OriginResponse head = client.send(Request.of(Method.HEAD, "/echo/a"))) {
      assertEquals(200, head.status());
      assertTrue(head.length().orElse(0) > 0);
      assertEquals("", head.text(1));
    }
    try (OriginResponse none = client.send(Request.get("/none"))) {
      assertEquals(204, none.status());
      assertEquals(-1, none.body().read());
    }
  }

  @Test
  void inTheNormalFormOfItsPath() throws IOException {
    assertEquals("GET /echo/a/b? 127.0.0.1  ", text(Request.get("/echo//x/%2e%2e/a/%62")));
    assertEquals("GET /echo/a%2Fb%25 c\u00e9?q=\u00e9 127.0.0.1  ".replace("q=\u00e9", "q=%C3%A9"),
        text(Request.get("/echo/a%2fb%25%20c%c3%a9?q=\u00e9")));
  }

  @Test
  void withoutWhatWasAboutTheConnection() throws IOException {
    Headers sent = Headers.builder()
        .add("Host", "elsewhere.example")
        .add("Connection", "close, X-Hop")
        .add("X-Hop", "1")
        .add("Keep-Alive", "timeout=9")
        .add("Proxy-Authorization", "Basic x")
        .add("Upgrade", "websocket")
        .add("TE", "trailers, deflate")
        .add("X-End", "2")
        .build();
    String seen = text(Request.get("/fields").withHeaders(sent));
    String plain = seen.toLowerCase(Locale.ROOT).replace("connection: te\n", "");
    assertTrue(plain.equals("host: 127.0.0.1:" + server.port() + "\nte: trailers\nx-end: 2\n")
        || plain.equals("host: 127.0.0.1:" + server.port() + "\nx-end: 2\nte: trailers\n"), seen);
    String kept = client.send(Request.get("/fields").withHeaders(sent), OriginCall.plain().keepingHost()).text(MOST);
    assertTrue(kept.toLowerCase(Locale.ROOT).startsWith("host: elsewhere.example\n"), kept);
  }

  @Test
  void byBodiesThatStreamInBothDirectionsAtOnce() throws Exception {
    byte[] large = new byte[5_000_000];
    new Random(5).nextBytes(large);
    Request request = Request.post("/stream").withHeader("TE", "trailers").withBody(new RequestBody() {
      private final InputStream in = new ByteArrayInputStream(large);

      @Override
      public InputStream stream() {
        return in;
      }

      @Override
      public boolean isReady(int bytes) {
        return false;
      }

      @Override
      public Headers trailers() {
        return Headers.of("X-Behind", "7", "Content-Length", "1");
      }
    });
    try (OriginResponse response = client.send(request)) {
      assertEquals(Headers.empty(), response.trailers());
      assertArrayEquals(large, response.bytes(large.length));
      assertEquals("7", response.trailers().first("X-Behind").orElse("none"));
    }
    try (OriginResponse declared = client.send(request.withBody(RequestBody.of(large)))) {
      assertArrayEquals(large, declared.bytes(large.length));
    }
  }

  @Test
  void pieceByPieceAsTheyCome() throws Exception {
    var pipe = new PipedOutputStream();
    var in = new PipedInputStream(pipe);
    Request request = Request.post("/stream").withBody(new RequestBody() {
      @Override
      public InputStream stream() {
        return in;
      }

      @Override
      public boolean isReady(int bytes) {
        return false;
      }
    });
    pipe.write("one".getBytes(UTF_8));
    pipe.flush();
    try (OriginResponse response = client.send(request)) {
      assertEquals("one", new String(response.body().readNBytes(3), UTF_8));
      pipe.write("two".getBytes(UTF_8));
      pipe.close();
      assertEquals("two", response.text(3));
    }
  }

  @Test
  void manyAtATime() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        String number = String.valueOf(i);
        answers.add(threads.submit(() -> text(Request.post("/echo/" + number).withJson(number))));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertEquals("POST /echo/" + i + "? 127.0.0.1  " + i, answers.get(i).get());
      }
    }
  }

  @Test
  void whoReadsSlowlyHoldsUpNobodyElse() throws Exception {
    try (OriginResponse slow = client.send(Request.get("/large"))) {
      assertEquals('x', slow.body().read());
      assertEquals(2_000_000, client.send(Request.get("/large")).bytes(2_000_000).length);
      assertEquals(1_999_999, slow.bytes(2_000_000).length);
    }
  }

  @Test
  void anAnswerThatIsNotWantedIsGivenUp() throws Exception {
    for (int i = 0; i < 50; i++) {
      client.send(Request.get("/large")).close();
    }
    assertEquals("GET /echo/a? 127.0.0.1  ", text(Request.get("/echo/a")));
  }

  @Test
  void theOriginLearnsHowLongWeWait() throws IOException {
    Deadline deadline = Deadline.in(Duration.ofSeconds(20), TimeSource.system());
    String fields = client.send(Request.get("/fields"), OriginCall.plain().withDeadline(deadline)).text(MOST);
    assertTrue(fields.matches("(?is).*X-Edge-Timeout-Ms: 1[0-9]{4}\n.*"), fields);
    assertFalse(text(Request.get("/fields").withHeader("X-Edge-Timeout-Ms", "5")).toLowerCase(Locale.ROOT)
        .contains("edge-timeout"));
  }

  @Test
  void whatIsNoOriginIsRefusedAtStart() {
    for (String none : List.of("example.com", "ftp://example.com", "http://example.com/path", "http://a b",
        "http://u@h", "")) {
      assertThrows(IllegalArgumentException.class, () -> OriginClient.to(none), none);
    }
  }
}
