package dev.edge4j.middleware.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not compressed, and what a compressed response says about itself. */
class CompressionLeavesAloneWhatItShouldTest {
  private static final Response PAGE = Response.text(200, "a page ".repeat(1000));

  private static Response through(Compression compression, Response response) {
    return through(compression, response, Method.GET, "gzip");
  }

  private static Response through(Compression compression, Response response, Method method, String accepted) {
    var app = new App();
    app.use(compression);
    app.on(method, "/", c -> response);
    return app.request(Request.of(method, "/").withHeader("Accept-Encoding", accepted));
  }

  private static Response through(Response response) {
    return through(Compression.create(), response);
  }

  private static Optional<String> coding(Response response) {
    return response.header("Content-Encoding");
  }

  @Test
  void aPageIsCompressedAndSaysSo() {
    Response response = through(PAGE.withHeader("ETag", "\"1\"")
        .withHeader("Accept-Ranges", "bytes")
        .withHeader("Content-Length", "7000")
        .withHeader("Repr-Digest", "sha-256=:AAAA:"));
    assertEquals(Optional.of("gzip"), coding(response));
    assertEquals(Optional.of("W/\"1\""), response.header("ETag"));
    assertEquals(List.of("Accept-Encoding"), response.headers().all("Vary"));
    for (String gone : List.of("Accept-Ranges", "Content-Length", "Repr-Digest")) {
      assertEquals(Optional.empty(), response.header(gone), gone);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 205, 206, 304})
  void theseStatusesHaveNoBodyOfTheirOwn(int status) {
    assertEquals(Optional.empty(), coding(through(PAGE.withStatus(status))));
  }

  @ParameterizedTest
  @CsvSource({"Content-Encoding, br", "Cache-Control, 'public, no-transform'", "Content-Type, image/png",
      "Content-Type, application/zip", "Content-Type, text/event-stream"})
  void whatIsCodedOrMayNotBeTouchedOrGainsNothingStays(String field, String value) {
    Response given = PAGE.withHeader(field, value);
    Response response = through(given);
    assertEquals(given.body(), response.body());
    assertEquals(Optional.empty(), response.header("Vary"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/css", "application/json; charset=utf-8", "application/problem+json", "IMAGE/SVG+XML",
      "application/xhtml+xml", "application/wasm"})
  void theseTypesGain(String type) {
    assertEquals(Optional.of("gzip"), coding(through(PAGE.withHeader("Content-Type", type))));
  }

  @Test
  void smallBodiesStayButSayThatTheyVary() {
    Response at = through(Response.text(200, "x".repeat(1023)));
    assertEquals(Optional.empty(), coding(at));
    assertEquals(Optional.of("Accept-Encoding"), at.header("Vary"));
    assertEquals(Optional.of("gzip"), coding(through(Response.text(200, "x".repeat(1024)))));
    assertEquals(Optional.of("gzip"), coding(through(Compression.create().threshold(10), Response.text(200,
        "x".repeat(100)))));
  }

  @Test
  void aClientThatRefusesUncodedBodiesGetsSmallOnesCodedToo() {
    assertEquals(Optional.of("gzip"), coding(through(Compression.create(), Response.text(200, "x"), Method.GET,
        "gzip, identity;q=0")));
  }

  @Test
  void bytesThatDoNotGetSmallerStay() {
    byte[] noise = new byte[4096];
    new Random(1).nextBytes(noise);
    assertEquals(Optional.empty(), coding(through(Response.bytes(200, "text/plain", noise))));
  }

  @Test
  void whoCannotDecodeGetsThePageAndTheVary() {
    Response response = through(Compression.create(), PAGE, Method.GET, "br");
    assertEquals(PAGE.body(), response.body());
    assertEquals(Optional.of("Accept-Encoding"), response.header("Vary"));
  }

  @Test
  void varyIsSaidOnce() {
    assertEquals(List.of("accept-encoding, Origin"), through(PAGE.withHeader("Vary", "accept-encoding, Origin"))
        .headers()
        .all("Vary"));
    assertEquals(List.of("*"), through(PAGE.withHeader("Vary", "*")).headers().all("Vary"));
    assertEquals(List.of("Origin", "Accept-Encoding"), through(PAGE.withHeader("Vary", "Origin")).headers()
        .all("Vary"));
  }

  /** So that a cache which revalidates by HEAD, or gets a 304, finds the response that it holds. */
  @Test
  void headAndNotModifiedHaveTheTagOfWhatGetSends() {
    for (Response given : List.of(PAGE.withHeader("ETag", "\"1\""), Response.text(200, "small")
        .withHeader("ETag",
            "\"1\""))) {
      Response got = through(given);
      Response head = through(Compression.create(), given, Method.HEAD, "gzip");
      assertEquals(got.headers(), head.headers());
      assertArrayEquals(((Body.Bytes) got.body()).bytes(), ((Body.Bytes) head.body()).bytes(), "it tells the length");
    }
    Response same = through(new Response(304, Headers.of("ETag", "\"1\""), Body.empty()));
    assertEquals(Optional.of("W/\"1\""), same.header("ETag"));
    assertEquals(Optional.of("Accept-Encoding"), same.header("Vary"));
  }

  @Test
  void aPageWithASecretIsSkipped() {
    var app = new App();
    app.use(Compression.create());
    app.get("/", c -> {
      Compression.skip(c);
      return PAGE;
    });
    assertEquals(Optional.empty(), coding(app.request(Request.get("/").withHeader("Accept-Encoding", "gzip"))));
  }

  @Test
  void theFilterIsTheApplications() {
    var compression = Compression.create().onlyTypes("image/bitmap"::equals);
    assertEquals(Optional.of("gzip"), coding(through(compression, PAGE.withHeader("Content-Type",
        "image/Bitmap; v=1"))));
    assertEquals(Optional.empty(), coding(through(compression, PAGE)));
  }

  @Test
  void badOptionsAreRefusedWhenTheyAreGiven() {
    assertThrows(IllegalArgumentException.class, Compression::of);
    assertThrows(IllegalArgumentException.class, () -> Compression.of(Gzip.create(), Gzip.level(1)));
    assertThrows(IllegalArgumentException.class, () -> Compression.create().threshold(-1));
    assertThrows(IllegalArgumentException.class, () -> Gzip.level(0));
    assertThrows(IllegalArgumentException.class, () -> Gzip.level(10));
    assertThrows(IllegalArgumentException.class, () -> Brotli.level(12));
    assertThrows(IllegalArgumentException.class, () -> Zstd.level(20));
  }

  /** RFC 9110 section 15.3.7: what a 200 would say. */
  @ParameterizedTest
  @CsvSource({"text/plain, Accept-Encoding", "'multipart/byteranges; boundary=x', Accept-Encoding", "image/png,"})
  void aPartVariesAsTheWholeDoes(String type, String vary) {
    Response part = through(PAGE.withStatus(206).withHeader("Content-Type", type).withHeader("ETag", "\"1\""));
    assertEquals(Optional.ofNullable(vary), part.header("Vary"));
    assertEquals(Optional.of("\"1\""), part.header("ETag"));
    assertEquals(PAGE.body(), part.body());
  }

  /** A 304 has no type: whether the client holds a coded form or a picture shows in the tag that it sends. */
  @ParameterizedTest
  @CsvSource({"'\"1\"', '\"1\"'", "'W/\"1\"', 'W/\"1\"'", "'\"0\", \"1\"', '\"1\"'", "*, 'W/\"1\"'"})
  void aNotModifiedHasTheTagOfWhatTheClientHolds(String asked, String told) {
    var app = new App();
    app.use(Compression.create());
    app.get("/", c -> new Response(304, Headers.of("ETag", "\"1\""), Body.empty()));
    Response same = app.request(Request.get("/")
        .withHeader("Accept-Encoding", "gzip")
        .withHeader("If-None-Match",
            asked));
    assertEquals(Optional.of(told), same.header("ETag"));
  }
}
