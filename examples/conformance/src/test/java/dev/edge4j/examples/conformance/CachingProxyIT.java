package dev.edge4j.examples.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Message;
import dev.edge4j.WebSocketOptions;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The caching proxy, as a process of its own, as curl sees it. */
@Timeout(60)
class CachingProxyIT {
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static final Semaphore MORE = new Semaphore(0);

  private static Server origin;
  private static ConformanceProcess process;

  @BeforeAll
  static void start() throws IOException {
    var app = new App();
    app.ws("/ws", WebSocketOptions.defaults().withAnyOrigin(), ws -> {
      for (Message message : ws) {
        ws.send(message);
      }
    });
    app.get("/stream", _ -> Response.of(200).withBody(new Body.Stream(out -> {
      out.write("first\n".getBytes(UTF_8));
      out.flush();
      MORE.acquireUninterruptibly();
      out.write("second\n".getBytes(UTF_8));
    })));
    app.get("/hints", c -> {
      c.earlyHints(Headers.of("Link", "</a.css>; rel=preload"));
      MORE.acquireUninterruptibly();
      return page(c);
    });
    app.all("/page/*path", CachingProxyIT::page);
    app.all("/silent", c -> counted(c.text("silent")));
    origin = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
    process = ConformanceProcess.start("--port=0", "--origin=http://127.0.0.1:" + origin.port());
  }

  @AfterAll
  static void stop() {
    process.close();
    origin.close();
  }

  @BeforeEach
  void forget() {
    ASKED.set(0);
  }

  private static Response page(Context c) {
    return counted(c.text("0123456789")).withHeader("Cache-Control", "max-age=60").withHeader("ETag", "\"1\"");
  }

  private static Response counted(Response response) {
    return response.withHeader("X-Asked", "" + ASKED.incrementAndGet());
  }

  /** What curl prints of an answer: the head and the body. */
  private static String curl(String path, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--include", "--max-time",
        "20"));
    command.addAll(List.of(options));
    command.add(process.cache(path).toString());
    Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(curl.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, curl.waitFor(), said);
    return said.replace("\r", "");
  }

  private static void assertSays(String said, String... parts) {
    for (String part : parts) {
      assertTrue(said.contains(part), said + " (expected: " + part + ")");
    }
  }

  @Test
  void theSecondIsAHit() throws Exception {
    assertSays(curl("/page/hit"), "HTTP/1.1 200 ", "X-Cache: MISS\n", "X-Asked: 1\n", "\n\n0123456789");
    assertSays(curl("/page/hit"), "HTTP/1.1 200 ", "X-Cache: HIT\n", "X-Asked: 1\n", "Age: ", "\n\n0123456789");
    assertEquals(1, ASKED.get());
  }

  @Test
  void aStoredWholeAnswersConditionsRangesAndHead() throws Exception {
    curl("/page/whole");
    assertSays(curl("/page/whole", "-H", "If-None-Match: \"1\""), "HTTP/1.1 304 ", "ETag: \"1\"\n");
    assertSays(curl("/page/whole", "-r", "2-4"), "HTTP/1.1 206 ", "Content-Range: bytes 2-4/10\n", "\n\n234");
    assertSays(curl("/page/whole", "--head"), "HTTP/1.1 200 ", "Content-Length: 10\n", "X-Cache: HIT\n");
    assertEquals(1, ASKED.get());
  }

  @Test
  void whatChangesItInvalidatesIt() throws Exception {
    curl("/page/changed");
    assertSays(curl("/page/changed", "-d", "new"), "X-Asked: 2\n");
    assertSays(curl("/page/changed"), "X-Cache: MISS\n", "X-Asked: 3\n");
  }

  @Test
  void whatStatesNoFreshnessIsNotKept() throws Exception {
    curl("/silent");
    assertSays(curl("/silent"), "X-Cache: MISS\n", "X-Asked: 2\n");
  }

  @Test
  void clientsAreObeyed() throws Exception {
    assertSays(curl("/page/none", "-H", "Cache-Control: only-if-cached"), "HTTP/1.1 504 ");
    assertEquals(0, ASKED.get());
    curl("/page/none");
    assertSays(curl("/page/none", "-H", "Cache-Control: no-cache"), "HTTP/1.1 200 ");
    assertEquals(2, ASKED.get());
  }

  @Test
  void aBodyArrivesAsItIsWritten() throws Exception {
    Process curl = new ProcessBuilder("curl", "--silent", "--no-buffer", "--max-time", "20", process.cache("/stream")
        .toString()).start();
    try (var lines = curl.inputReader()) {
      assertEquals("first", lines.readLine());
      MORE.release();
      assertEquals("second", lines.readLine());
    }
    assertEquals(0, curl.waitFor());
  }

  @Test
  void earlyHintsComeEarlyAndAreNoPartOfAHit() throws Exception {
    try (var wire = new Wire(process.cache("/").getPort())) {
      wire.send(Wire.head("GET /hints"));
      Wire.Answer early = wire.answer();
      assertSays(early.head(), "HTTP/1.1 103 ", "Link: </a.css>; rel=preload\n");
      MORE.release();
      assertSays(wire.answer().head(), "HTTP/1.1 200 ", "X-Cache: MISS\n");
      wire.send(Wire.head("GET /hints"));
      assertSays(wire.answer().head(), "HTTP/1.1 200 ", "X-Cache: HIT\n");
    }
  }

  @Test
  void webSocketsGoThrough() throws Exception {
    var said = new CompletableFuture<String>();
    URI address = URI.create(process.cache("/ws").toString().replace("http:", "ws:"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      WebSocket socket = client.newWebSocketBuilder().buildAsync(address, new WebSocket.Listener() {
        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
          said.complete(text.toString());
          return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
          said.completeExceptionally(error);
        }
      }).join();
      socket.sendText("hello", true).join();
      assertEquals("hello", said.get(20, TimeUnit.SECONDS));
      socket.abort();
    }
  }

  @Test
  void withoutAnOriginItSaysSo() throws Exception {
    try (ConformanceProcess alone = ConformanceProcess.start("--port=0", "--origin=http://127.0.0.1:1")) {
      Process curl = new ProcessBuilder("curl", "--silent", "--include", "--max-time", "20", alone.cache("/a")
          .toString()).start();
      assertSays(new String(curl.getInputStream().readAllBytes(), UTF_8), "HTTP/1.1 502 ");
      assertEquals(0, curl.waitFor());
    }
  }
}
