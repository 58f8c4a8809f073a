package dev.edge4j.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Message;
import dev.edge4j.client.OriginClient;
import dev.edge4j.client.OriginOptions;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A proxy before a server is, for who asks, that server: in what is answered, how it comes, and how it ends. */
@Timeout(30)
class RequestsAreSentOnTest {
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final Server origin = start(originApp());
  private final OriginClient client = OriginClient.to("http://127.0.0.1:" + origin.port(), OriginOptions.defaults()
      .withRetries(0));
  private final Server proxy = start(proxyApp());

  private static Server start(App app) {
    return Server.start(app, ServerOptions.port(0)
        .withHost("127.0.0.1")
        .withLimits(usual -> usual.withRequests(usual.requests().withMaxBodyBytes(10_000_000))));
  }

  private App proxyApp() {
    var app = new App();
    app.all("/*", Proxy.to(client).withoutPrefix("/api").named("edge-1"));
    return app;
  }

  private App originApp() {
    var app = new App();
    app.all("/echo", c -> Response.bytes(200, "application/octet-stream", c.bodyBytes()));
    app.get("/fields", c -> c.text(c.headers().toString())
        .withHeader("X-Own", "1")
        .withHeader("Keep-Alive", "timeout=9"));
    app.get("/path/*rest", c -> c.text(c.path() + "?" + c.request().target().query()));
    app.get("/stream", c -> new Response(200, Headers.of("Content-Type", "text/plain"), new Body.Stream(out -> {
      for (int i = 0; i < 3; i++) {
        out.write(("piece " + i + "\n").getBytes(UTF_8));
        out.flush();
      }
    })).withTrailers(() -> Headers.of("Digest", "7")));
    app.get("/endless", c -> new Response(200, Headers.empty(), new Body.Stream(out -> {
      try {
        for (int i = 0;; i++) {
          out.write(new byte[1000]);
          Thread.sleep(1);
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      } finally {
        cancelled.countDown();
      }
    })));
    app.get("/waits", c -> {
      c.whenCancelled(cancelled::countDown);
      waiting.countDown();
      cancelled.await(20, TimeUnit.SECONDS);
      return c.text("nobody reads this");
    });
    app.get("/breaks", c -> new Response(200, Headers.empty(), new Body.Stream(out -> {
      out.write("half".getBytes(UTF_8));
      out.flush();
      throw new IOException("on purpose");
    })));
    app.get("/error", c -> c.text(500, "own page"));
    app.get("/moved", c -> c.redirect("/echo")
        .withAddedHeader("Set-Cookie", "a=1")
        .withAddedHeader("Set-Cookie", "b=2"));
    app.ws("/socket", socket -> {
      for (var message = socket.receive(); message.isPresent(); message = socket.receive()) {
        if (message.get() instanceof Message.Text(String text)) {
          socket.send("echo " + text);
        }
      }
    });
    return app;
  }

  @AfterEach
  void stop() {
    proxy.close();
    client.close();
    origin.close();
  }

  private RawClient.Reply get(String target, String... fields) throws IOException {
    try (var raw = new RawClient(proxy)) {
      raw.send("GET " + target + " HTTP/1.1\r\nHost: shop.example\r\n" + String.join("", fields) + "\r\n");
      return raw.reply();
    }
  }

  @Test
  void withWhoAskedAndByWhichWay() throws IOException {
    RawClient.Reply reply = get("/fields",
        "X-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\nX-Forwarded-Port: 1\r\nx_forwarded_for: 6.6.6.6\r\nX-Forwarded-Ssl: on\r\n",
        "Connection: X-Hop\r\nX-Hop: 1\r\nX-End: 2\r\nVia: 1.0 fred\r\n");
    assertEquals("""
        Host: 127.0.0.1:%d
        X-End: 2
        Via: 1.0 fred
        Via: 1.1 edge-1
        Forwarded: for=127.0.0.1;proto=http;host="shop.example"
        X-Forwarded-For: 127.0.0.1
        X-Forwarded-Proto: http
        X-Forwarded-Host: shop.example
        """.formatted(origin.port()), reply.body());
    assertEquals("1", reply.header("X-Own"));
    assertEquals("", reply.header("Keep-Alive"));
    assertEquals("1.1 edge-1", reply.header("Via"));
  }

  @Test
  void noClientGetsRidOfWhatWeSay() throws IOException {
    String seen = get("/fields",
        "Connection: X-Forwarded-For, Forwarded, Via, Host, close\r\nX-Forwarded-For: 6.6.6.6\r\n").body();
    assertTrue(seen.contains("X-Forwarded-For: 127.0.0.1\n") && seen.contains("Forwarded: for=127.0.0.1;") && seen
        .contains("Via: 1.1 edge-1\n"), seen);
  }

  @Test
  void toThePathThatWasGuarded() throws IOException {
    assertEquals("/path/a/b%2Fc?d=%20", get("/path//x/../a/%62%2fc?d=%20").body());
    assertEquals("/path/a?", get("/api/path/a").body());
    assertEquals(404, get("/apipath/a").status());
  }

  @Test
  void withAllThatTheOriginSays() throws IOException {
    assertEquals(500, get("/error").status());
    assertEquals("own page", get("/error").body());
    assertEquals("/echo", get("/moved").header("Location"));
    assertEquals(404, get("/nothing").status());
    try (var raw = new RawClient(proxy)) {
      raw.send("HEAD /error HTTP/1.1\r\nHost: t\r\n\r\n");
      RawClient.Reply head = raw.reply(true);
      assertEquals("8", head.header("Content-Length"));
      raw.send("DELETE /error HTTP/1.1\r\nHost: t\r\n\r\n");
      assertEquals(405, raw.reply().status());
    }
  }

  @Test
  void largeBodiesInBothDirections() throws Exception {
    byte[] large = new byte[3_000_000];
    new Random(7).nextBytes(large);
    try (var http = HttpClient.newHttpClient()) {
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + "/echo"))
            .version(version)
            .POST(HttpRequest.BodyPublishers.ofByteArray(large))
            .build();
        assertArrayEquals(large, http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
      }
    }
  }

  @Test
  void trailersComeBehind() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      socket.getOutputStream()
          .write(
              "GET /stream HTTP/1.1\r\nHost: t\r\nTE: trailers\r\nConnection: close, TE\r\n\r\n".getBytes(UTF_8));
      String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertTrue(all.endsWith("\r\n0\r\nDigest: 7\r\n\r\n"), all);
    }
  }

  @Test
  void whatBreaksOffDoesNotLookWhole() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      socket.getOutputStream().write("GET /breaks HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(UTF_8));
      String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertTrue(all.contains("half"), all);
      assertFalse(all.contains("\r\n0\r\n"), all);
    }
  }

  @Test
  void whoLeavesEndsAStreamOfTheOrigin() throws Exception {
    try (var raw = new RawClient(proxy)) {
      raw.get("/endless").some(5_000);
    }
    assertTrue(cancelled.await(10, TimeUnit.SECONDS));
  }

  @Test
  void whoLeavesEndsTheWaitForTheOrigin() throws Exception {
    try (var raw = new RawClient(proxy)) {
      raw.get("/waits");
      assertTrue(waiting.await(10, TimeUnit.SECONDS));
    }
    assertTrue(cancelled.await(10, TimeUnit.SECONDS));
  }

  @Test
  void anUpgradeGoesThrough() throws Exception {
    var heard = new CompletableFuture<String>();
    var closed = new CompletableFuture<Integer>();
    try (var http = HttpClient.newHttpClient()) {
      WebSocket socket = http.newWebSocketBuilder()
          .connectTimeout(Duration.ofSeconds(10))
          .buildAsync(URI.create("ws://127.0.0.1:" + proxy.port() + "/socket"), new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
              heard.complete(data.toString());
              return WebSocket.Listener.super.onText(from, data, last);
            }

            @Override
            public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
              closed.complete(status);
              return WebSocket.Listener.super.onClose(from, status, reason);
            }
          })
          .get(10, TimeUnit.SECONDS);
      socket.sendText("hello", true).get(10, TimeUnit.SECONDS);
      assertEquals("echo hello", heard.get(10, TimeUnit.SECONDS));
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
      assertEquals(1000, closed.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void circlesAreNotGoneRoundForEver() throws IOException {
    assertEquals(508, get("/fields", "Via: 1.1 edge-1\r\n".repeat(8)).status());
    assertEquals(200, get("/fields", "Via: 1.1 edge-1\r\n".repeat(7)).status());
  }

  @Test
  void anOriginThatIsNotThereIs502() throws IOException {
    origin.close();
    RawClient.Reply reply = get("/fields");
    assertEquals(502, reply.status());
    assertFalse(reply.body().contains(String.valueOf(origin.port())), reply.body());
  }

  @Test
  void badConfigurationIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Proxy.to(client).withoutPrefix("api"));
    assertThrows(IllegalArgumentException.class, () -> Proxy.to(client).withoutPrefix("/api/"));
    assertThrows(IllegalArgumentException.class, () -> Proxy.to(client).named("a b"));
  }
}
