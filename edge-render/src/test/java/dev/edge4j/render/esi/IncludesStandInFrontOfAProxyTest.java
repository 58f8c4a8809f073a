package dev.edge4j.render.esi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.edge4j.App;
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
    app.get("/coded", c -> c.html("<esi:include src='/x'/>")
        .withHeader("Surrogate-Control", "content=\"ESI/1.0\"")
        .withHeader("Content-Encoding", "br"));
    return app;
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
  void aPageThatComesCodedAllTheSameIsNotPassedOn() {
    assertEquals(502, browser.send(Request.get("/coded").withHeader("Accept-Encoding", "br")).status());
  }
}
