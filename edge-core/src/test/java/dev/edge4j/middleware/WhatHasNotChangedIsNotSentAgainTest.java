package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.compression.Compression;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that has the current version of a response is told so, and gets parts of it if it asks for some. */
class WhatHasNotChangedIsNotSentAgainTest {
  private final App app = new App();

  @BeforeEach
  void routes() {
    app.group("/plain", plain -> {
      plain.use(ConditionalGet.create());
      plain.get("/", c -> c.text("0123456789"));
      plain.get("/own", c -> c.text("own").withHeader("ETag", "\"own\""));
      plain.get("/dated", c -> c.text("dated").withHeader("Last-Modified", "Thu, 01 Oct 2026 00:00:00 GMT"));
      plain.get("/secret", c -> c.text("secret").withHeader("Cache-Control", "private, No-Store"));
      plain.get("/stream", _ -> Response.of(200).withBody(new Body.Stream(out -> out.write(1))));
      plain.get("/gone", c -> c.text(410, "gone"));
      plain.post("/", c -> c.text("posted"));
    });
    app.group("/coded", coded -> {
      coded.use(Compression.create(), ConditionalGet.create());
      coded.get("/", c -> c.text("0123456789".repeat(500)));
    });
  }

  private Response get(String path, String name, String value) {
    return app.request(Request.get(path).withHeader(name, value));
  }

  @Test
  void bytesGetATag() {
    String tag = app.request("/plain").header("ETag").orElseThrow();
    assertEquals(tag, app.request("/plain").header("ETag").orElseThrow());
    Response known = get("/plain", "If-None-Match", "\"other\", " + tag);
    assertEquals(304, known.status());
    assertEquals(Optional.of(tag), known.header("ETag"));
    assertEquals("", known.text());
    assertEquals(412, get("/plain", "If-Match", "\"other\"").status());
    assertEquals("234", get("/plain", "Range", "bytes=2-4").text());
    assertEquals(304, app.request(Request.of(Method.HEAD, "/plain").withHeader("If-None-Match", tag)).status());
  }

  @Test
  void whatHasValidatorsKeepsThem() {
    assertEquals(304, get("/plain/own", "If-None-Match", "W/\"own\"").status());
    assertEquals(304, get("/plain/dated", "If-Modified-Since", "Thu, 01 Oct 2026 00:00:00 GMT").status());
    assertEquals(Optional.empty(), app.request("/plain/dated").header("ETag"));
  }

  @Test
  void restIsLeftAlone() {
    for (String path : new String[]{"/plain/secret", "/plain/stream", "/plain/gone"}) {
      assertEquals(Optional.empty(), app.request(path).header("ETag"), path);
    }
    assertEquals(200, app.request(Request.post("/plain").withHeader("If-None-Match", "*")).status());
  }

  @Test
  void behindCompressionItIsWeakAndStillKnown() {
    Request asked = Request.get("/coded").withHeader("Accept-Encoding", "gzip");
    String tag = app.request(asked).header("ETag").orElseThrow();
    assertEquals("W/", tag.substring(0, 2));
    assertEquals(304, app.request(asked.withHeader("If-None-Match", tag)).status());
  }

  /** RFC 9530 section 2: the digest of a content is not the one of a part of it. */
  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1", "bytes=0-1,4-5"})
  void aPartSaysNothingOfTheBytesOfTheWhole(String range) {
    var app = new App();
    app.use(ConditionalGet.create());
    app.get("/", c -> c.text("0123456789")
        .withHeader("Content-Digest", "sha-256=:AAAA:")
        .withHeader("Repr-Digest", "sha-256=:AAAA:")
        .withHeader("Content-Length", "10"));
    Response part = app.request(Request.get("/").withHeader("Range", range));
    assertEquals(206, part.status());
    assertEquals(Optional.empty(), part.header("Content-Digest"));
    assertEquals(Optional.empty(), part.header("Content-Length"));
    assertEquals(Optional.of("sha-256=:AAAA:"), part.header("Repr-Digest"));
  }
}
