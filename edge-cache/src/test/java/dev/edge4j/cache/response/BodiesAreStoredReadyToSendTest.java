package dev.edge4j.cache.response;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Exchange;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.compression.ContentCoding;
import dev.edge4j.middleware.compression.Gzip;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A body is coded once for each coding, and a hit copies nothing of it. */
class BodiesAreStoredReadyToSendTest {
  private static final String TEXT = "green tea, black tea, white tea. ".repeat(200);

  private final TestClock clock = new TestClock();
  private final AtomicInteger coded = new AtomicInteger();
  private final CopyOnWriteArrayList<String> accepted = new CopyOnWriteArrayList<>();

  /** Counts. */
  private final ContentCoding gzip = new ContentCoding() {
    @Override
    public String name() {
      return "gzip";
    }

    @Override
    public OutputStream encode(OutputStream out) throws IOException {
      coded.incrementAndGet();
      return Gzip.create().encode(out);
    }
  };

  /** Stands for another coding: brotli's library is not at hand here. */
  private final ContentCoding another = new ContentCoding() {
    @Override
    public String name() {
      return "br";
    }

    @Override
    public OutputStream encode(OutputStream out) throws IOException {
      return Gzip.level(9).encode(out);
    }
  };

  private App app(ResponseCache cache) {
    var app = new App();
    app.use("/*", cache);
    app.get("/tea", c -> {
      accepted.add(c.header("Accept-Encoding").orElse("-"));
      return c.text(TEXT).withHeader("Cache-Control", "max-age=60");
    });
    app.get("/short", c -> c.text("tea").withHeader("Cache-Control", "max-age=60"));
    return app;
  }

  @Test
  void aBodyInSegmentsIsStoredAsOne() {
    var app = new App();
    app.use("/*", ResponseCache.create().clock(clock));
    app.get("/tea", c -> c.text("")
        .withHeader("Cache-Control", "max-age=60")
        .withBody(new Body.Segments(List.of(TEXT.getBytes(UTF_8), "end".getBytes(UTF_8)))));
    assertEquals(TEXT + "end", app.request("/tea").text());
    Response hit = app.request("/tea");
    assertEquals("HIT", hit.header("X-Cache").orElseThrow());
    assertArrayEquals((TEXT + "end").getBytes(UTF_8), bytes(hit));
  }

  private static Request in(String target, String codings) {
    return Request.get(target).withHeader("Accept-Encoding", codings);
  }

  private static byte[] bytes(Response response) {
    return ((Body.Bytes) response.body()).bytes();
  }

  @Test
  void eachCodingIsMadeOnceAndHasItsOwnTag() throws Exception {
    App app = app(ResponseCache.create().clock(clock).encoded(another, gzip));
    Response plain = app.request("/tea");
    assertEquals(TEXT, plain.text());
    assertEquals("Accept-Encoding", plain.header("Vary").orElseThrow());
    for (int i = 0; i < 3; i++) {
      Response zipped = app.request(in("/tea", "gzip"));
      assertEquals("gzip", zipped.header("Content-Encoding").orElseThrow());
      assertEquals("HIT", zipped.header("X-Cache").orElseThrow());
      assertEquals("Accept-Encoding", zipped.header("Vary").orElseThrow());
      assertArrayEquals(TEXT.getBytes(UTF_8), new GZIPInputStream(
          new ByteArrayInputStream(bytes(zipped))).readAllBytes());
      assertNotEquals(plain.header("ETag"), zipped.header("ETag"));
      Request known = in("/tea", "gzip").withHeader("If-None-Match", zipped.header("ETag").orElseThrow());
      assertEquals(304, app.request(known).status());
    }
    assertEquals("br", app.request(in("/tea", "gzip, br")).header("Content-Encoding").orElseThrow());
    assertEquals(1, coded.get());
    assertEquals(1, accepted.size());
    assertEquals("-", accepted.getFirst()); // what is behind was asked for no coding
    assertFalse(app.request(in("/short", "gzip")).headers().contains("Content-Encoding"));
    assertFalse(app.request(in("/tea", "identity")).headers().contains("Content-Encoding"));
  }

  @Test
  void aHitIsAnsweredOnTheEventLoopWithTheVeryBytesThatAreStored() {
    App app = app(ResponseCache.create().clock(clock).encoded(gzip));
    app.request(in("/tea", "gzip"));
    byte[] first = bytes(fast(app, in("/tea", "gzip")));
    Response again = fast(app, in("/tea", "gzip"));
    assertSame(first, bytes(again));
    assertSame(again, fast(app, in("/tea", "gzip"))); // the head of this second is the same too
    clock.advance(Duration.ofSeconds(2));
    Response later = fast(app, in("/tea", "gzip"));
    assertEquals("2", later.header("Age").orElseThrow());
    assertSame(first, bytes(later));
  }

  private static Response fast(App app, Request request) {
    Exchange exchange = app.open(request);
    return exchange.fastLane().orElseThrow();
  }

  @Test
  void codedFormsCountAsMemory() {
    ResponseCache cache = ResponseCache.create().clock(clock).encoded(gzip);
    App app = app(cache);
    app.request("/tea");
    long before = cache.stats().bytes();
    app.request(in("/tea", "gzip"));
    assertTrue(cache.stats().bytes() > before);
  }
}
