package dev.edge4j.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The application, as a process of its own, answers on each route what its README says. */
@Timeout(60)
class EachRouteIT {
  private static final String ALLOWED = "http://allowed.example";

  @TempDir private static Path folder;

  private static ConformanceProcess process;

  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws IOException {
    Path files = folder.resolve("files");
    Files.createDirectories(files.resolve("sub"));
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.writeString(files.resolve("digits.txt"), "0123456789");
    Files.writeString(files.resolve("sub/page.css"), "body { margin: 0 }");
    Files.createSymbolicLink(files.resolve("link.txt"), folder.resolve("secret.txt"));
    process = ConformanceProcess.start("--port=0", "--files=" + files);
  }

  @AfterAll
  static void stop() {
    process.close();
  }

  private HttpResponse<String> ask(String method, String path, String body, String... fields)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(process.at(path))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (fields.length > 0) {
      request.headers(fields);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String field(HttpResponse<?> response, String name) {
    return String.join(" | ", response.headers().allValues(name));
  }

  @Test
  void messagesComeBackHoweverLarge() throws Exception {
    var received = new CompletableFuture<byte[]>();
    byte[] sent = new byte[17 * 1024 * 1024];
    new Random(1).nextBytes(sent);
    URI address = URI.create(process.at("/ws").toString().replace("http:", "ws:"));
    WebSocket socket = client.newWebSocketBuilder().buildAsync(address, new WebSocket.Listener() {
      private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

      @Override
      public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        byte[] some = new byte[part.remaining()];
        part.get(some);
        bytes.writeBytes(some);
        if (last) {
          received.complete(bytes.toByteArray());
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
      }

      @Override
      public void onError(WebSocket from, Throwable error) {
        received.completeExceptionally(error);
      }
    }).join();
    socket.sendBinary(ByteBuffer.wrap(sent), true).join();
    assertTrue(Arrays.equals(sent, received.get(30, TimeUnit.SECONDS)));
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  @Test
  void messagesAreCompressedIfTheClientCan() throws Exception {
    try (var wire = new Wire(process.at("/").getPort())) {
      wire.send(Wire.upgrade("/ws", "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
      Wire.Answer answer = wire.answer();
      assertEquals(101, answer.status());
      assertTrue(answer.head().toLowerCase(Locale.ROOT).contains("sec-websocket-extensions: permessage-deflate"), answer
          .head());
    }
  }

  @Test
  void itSpeaksHttp2OverTls() throws Exception {
    try (HttpClient secure = HttpClient.newBuilder().sslContext(Trust.context()).build()) {
      HttpResponse<String> response = secure.send(HttpRequest.newBuilder(process.secure("/echo")).build(), BodyHandlers
          .ofString());
      assertEquals(HttpClient.Version.HTTP_2, response.version());
      assertTrue(response.body().contains("user-agent: "), response.body());
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, OK", "OPTIONS, OK", "HEAD, ''"})
  void theRootIsFine(String method, String body) throws Exception {
    HttpResponse<String> response = ask(method, "/", "");
    assertEquals(200, response.statusCode());
    assertEquals(body, response.body());
  }

  @Test
  void aBodyComesBack() throws Exception {
    String large = "0123456789abcdef".repeat(60_000);
    assertEquals("hello", ask("POST", "/", "hello").body());
    assertEquals(large, ask("POST", "/", large).body());
    assertEquals(413, ask("POST", "/", large + large).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE", "PURGE"})
  void fieldsComeBackAsTheyCame(String method) throws Exception {
    List<String> lines = ask(method, "/echo", "", "X-One", "1", "x-two", "2", "x-two", "3").body().lines().toList();
    assertTrue(lines.containsAll(List.of("X-One: 1", "x-two: 2", "x-two: 3")), lines.toString());
  }

  @Test
  void cookiesAreParsed() throws Exception {
    assertEquals("a=1\nb=two words\na=3\n", ask("GET", "/cookie", "", "Cookie", "a=1; b=\"two words\"; broken; a=3")
        .body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[1, 2.5e3]", "\"text\"", "7", "true", "null", " {\"a\": {\"b\": null}} "})
  void jsonIsTaken(String json) throws Exception {
    assertEquals(204, ask("POST", "/json", json, "Content-Type", "application/json").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{'a':1}", "[1,]", "{} x", "NaN", "01", "nul"})
  void whatIsNoJsonIsRefused(String json) throws Exception {
    assertEquals(400, ask("POST", "/json", json, "Content-Type", "application/json").statusCode());
  }

  @Test
  void ticksGoOnBehindTheLastThatWasSeen() throws Exception {
    HttpResponse<String> all = ask("GET", "/sse", "");
    assertEquals("text/event-stream", field(all, "Content-Type"));
    String ticks = "id: %1$d\nevent: tick\ndata: tick %1$d\ndata: of 3\n\n";
    assertEquals(ticks.formatted(1) + ticks.formatted(2) + ticks.formatted(3), all.body());
    assertEquals(ticks.formatted(3), ask("GET", "/sse", "", "Last-Event-ID", "2").body());
  }

  @Test
  void pagesOfTheAllowedOriginMayAsk() throws Exception {
    HttpResponse<String> preflight = ask("OPTIONS", "/cors/x", "", "Origin", ALLOWED, "Access-Control-Request-Method",
        "PUT", "Access-Control-Request-Headers", "x-a");
    assertEquals(204, preflight.statusCode());
    assertEquals(ALLOWED, field(preflight, "Access-Control-Allow-Origin"));
    assertEquals("true", field(preflight, "Access-Control-Allow-Credentials"));
    assertEquals("GET, PUT", field(preflight, "Access-Control-Allow-Methods"));
    assertEquals("x-a", field(preflight, "Access-Control-Allow-Headers"));
    assertEquals("Origin", field(preflight, "Vary"));
    HttpResponse<String> put = ask("PUT", "/cors/x", "it", "Origin", ALLOWED, "x-a", "1");
    assertEquals("put it", put.body());
    assertEquals(ALLOWED, field(put, "Access-Control-Allow-Origin"));
    assertEquals("true", field(put, "Access-Control-Allow-Credentials"));
    assertEquals("Origin", field(put, "Vary"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://other.example", "https://allowed.example", "http://allowed.example.evil.example",
      "null"})
  void pagesOfAnotherOriginReachNoHandler(String origin) throws Exception {
    for (HttpResponse<String> response : List.of(ask("PUT", "/cors/x", "it", "Origin", origin), ask("OPTIONS",
        "/cors/x", "", "Origin", origin, "Access-Control-Request-Method", "PUT"))) {
      assertEquals(403, response.statusCode());
      assertEquals("", field(response, "Access-Control-Allow-Origin"));
      assertEquals("Accept | Origin", field(response, "Vary"));
      assertFalse(response.body().contains("put"));
    }
    HttpResponse<String> none = ask("GET", "/cors/x", "");
    assertEquals("got", none.body());
    assertEquals("Origin", field(none, "Vary"));
  }

  @Test
  void filesHaveTypesAndValidators() throws Exception {
    HttpResponse<String> css = ask("GET", "/static/sub/page.css", "");
    assertEquals("body { margin: 0 }", css.body());
    assertEquals("text/css; charset=utf-8", field(css, "Content-Type"));
    HttpResponse<String> again = ask("GET", "/static/sub/page.css", "", "If-None-Match", field(css, "ETag"));
    assertEquals(304, again.statusCode());
    assertEquals(field(css, "ETag"), field(again, "ETag"));
    assertEquals(200, ask("GET", "/static/sub/page.css", "", "If-None-Match", "\"other\"").statusCode());
  }

  @Test
  void filesHaveRanges() throws Exception {
    HttpResponse<String> part = ask("GET", "/static/digits.txt", "", "Range", "bytes=2-4");
    assertEquals(206, part.statusCode());
    assertEquals("234", part.body());
    assertEquals("bytes 2-4/10", field(part, "Content-Range"));
    assertEquals(200, ask("GET", "/static/digits.txt", "", "Range", "bytes=2-4", "If-Range", "\"old\"").statusCode());
    HttpResponse<String> beyond = ask("GET", "/static/digits.txt", "", "Range", "bytes=10-");
    assertEquals(416, beyond.statusCode());
    assertEquals("bytes */10", field(beyond, "Content-Range"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/static/../secret.txt", "/static/%2e%2e/secret.txt", "/static/..%2fsecret.txt",
      "/static/sub/..%2f..%2fsecret.txt", "/static/link.txt", "/static/sub", "/static/", "/static/%00", "/static/none",
      "/static/..%5csecret.txt"})
  void nothingElseIsServed(String path) throws Exception {
    HttpResponse<String> response = ask("GET", path, "");
    assertTrue(response.statusCode() == 404 || response.statusCode() == 400, path + ": " + response.statusCode());
    assertFalse(response.body().equals("secret"));
  }
}
