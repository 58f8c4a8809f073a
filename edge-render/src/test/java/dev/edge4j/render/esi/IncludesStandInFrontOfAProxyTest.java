package dev.edge4j.render.esi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.client.OriginClient;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.compression.Compression;
import dev.edge4j.proxy.Proxy;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.testing.TestClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a client asks for, an origin is asked for something that its tags can be found in. */
@Timeout(60)
class IncludesStandInFrontOfAProxyTest {
  private static final String LONG = "tea ".repeat(1_000);
  private static final String PAGE = "<p><esi:include src='/x'/>" + LONG;
  private static final String FILLED = "<p>included" + LONG;

  private final Server origin = Server.start(origin(), ServerOptions.port(0).withHost("127.0.0.1"));
  private final OriginClient client = OriginClient.to("http://127.0.0.1:" + origin.port());
  private final TestClient browser = TestClient.overSocket(edge());

  private static App origin() {
    var app = new App();
    app.with(Compression.create().threshold(0))
        .get("/page", c -> c.html(PAGE).withHeader("Surrogate-Control", "content=\"ESI/1.0\""));
    app.get("/parts", IncludesStandInFrontOfAProxyTest::parts);
    app.get("/coded", c -> c.html("<esi:include src='/x'/>")
        .withHeader("Surrogate-Control", "content=\"ESI/1.0\"")
        .withHeader("Content-Encoding", "br"));
    return app;
  }

  /** As a server of files does; and a cache in front of it, which asks whether anything has changed. */
  private static Response parts(Context c) {
    Response page = Response.html(200, PAGE).withHeader("Surrogate-Control", "content=\"ESI/1.0\"");
    if (c.header("If-None-Match").isPresent()) {
      return page.withStatus(304).withBody(Body.empty());
    }
    if (c.header("Range").isPresent()) {
      return page.withStatus(206).withHeader("Content-Range", "bytes 0-2/4030").withBody(new Body.Bytes(new byte[3]));
    }
    return page.withHeader("Content-Digest", "sha-256=:AA==:").withHeader("Repr-Digest", "sha-256=:AA==:");
  }

  private App edge() {
    var app = new App();
    app.use(Compression.create().threshold(0));
    app.use(Esi.from(_ -> "included"));
    app.all("/*", Proxy.to(client));
    return app;
  }

  @AfterEach
  void stop() {
    browser.close();
    client.close();
    origin.close();
  }

  private static byte[] bytes(Response response) {
    return response.body() instanceof Body.Bytes(byte[] bytes) ? bytes : new byte[0];
  }

  @Test
  void aPageOfAnOriginThatCompressesIsFilledInAndCompressedAnew() throws IOException {
    Response response = browser.send(Request.get("/page").withHeader("Accept-Encoding", "gzip"));
    assertEquals("gzip", response.header("Content-Encoding").orElseThrow());
    assertFalse(response.headers().contains("Surrogate-Control"), response.headers().toString());
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes(response)))) {
      assertEquals(FILLED, new String(in.readAllBytes(), UTF_8));
    }
    assertEquals(FILLED, browser.send(Request.get("/page")).text());
  }

  @Test
  void aPartIsAskedForAsAWhole() {
    Response response = browser.send(Request.get("/parts")
        .withHeader("Range", "bytes=0-2")
        .withHeader("If-Range", "\"1\""));
    assertEquals(200, response.status());
    assertEquals(FILLED, response.text());
    assertEquals(List.of(), List.of("Content-Range", "Content-Digest", "Repr-Digest")
        .stream()
        .filter(response.headers()::contains)
        .toList());
  }

  @Test
  void aPartThatNobodyAskedForStaysAsItIs() {
    var app = new App();
    app.use(Esi.from(_ -> "included"));
    app.get("/", c -> Response.html(206, PAGE)
        .withHeader("Surrogate-Control", "content=\"ESI/1.0\"")
        .withHeader("Content-Range", "bytes 0-2/3"));
    assertEquals(PAGE, app.request("/").text());
  }

  @Test
  void aHeadAndAConfirmationSayNothingOfALength() throws Exception {
    for (HttpRequest.Builder request : List.of(HttpRequest.newBuilder().HEAD(), HttpRequest.newBuilder()
        .header("If-None-Match", "\"1\""))) {
      HttpHeaders fields = over(request);
      assertEquals(Optional.empty(), fields.firstValue("Content-Length"), fields.toString());
      assertEquals(Optional.empty(), fields.firstValue("Surrogate-Control"), fields.toString());
    }
  }

  /** The fields as they are sent: a test client leaves out the length. */
  private HttpHeaders over(HttpRequest.Builder request) throws Exception {
    try (Server edge = Server.start(edge(), ServerOptions.port(0).withHost("127.0.0.1"));
        HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + edge.port() + "/parts");
      return http.send(request.uri(uri).build(), BodyHandlers.discarding()).headers();
    }
  }

  @Test
  void aPageThatComesCodedAllTheSameIsNotPassedOn() {
    assertEquals(502, browser.send(Request.get("/coded").withHeader("Accept-Encoding", "br")).status());
  }
}
