package dev.edge4j.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.BodyTap;
import dev.edge4j.middleware.ConditionalGet;
import dev.edge4j.middleware.compression.Compression;
import dev.edge4j.testing.TestClient;
import dev.edge4j.testing.Transport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A body in several arrays is, to everyone who meets it, the body that one array would be. */
class SegmentsAreOneBodyTest {
  private static final byte[] NONE = {};

  /** Small ones are copied behind the head, large ones leave from where they are. */
  private static List<byte[]> segments(int size) {
    var random = new Random(size);
    List<byte[]> segments = new ArrayList<>(List.of(NONE));
    for (int i = 0; i < 40; i++) {
      segments.add(letters(random, random.nextInt(size)));
      segments.add(NONE);
    }
    return segments;
  }

  private static byte[] letters(Random random, int count) {
    var letters = new byte[count];
    for (int i = 0; i < count; i++) {
      letters[i] = (byte) ('a' + random.nextInt(20));
    }
    return letters;
  }

  private static App app(List<byte[]> segments) {
    var app = new App();
    app.get("/plain", c -> new Response(200, ContentTypes.of(MediaType.HTML), new Body.Segments(segments)));
    app.get("/none", c -> new Response(200, ContentTypes.of(MediaType.HTML), new Body.Segments(List.of(NONE))));
    app.get("/gone", c -> new Response(204, Headers.empty(), new Body.Segments(segments)));
    app.get("/behind", c -> new Response(200, ContentTypes.of(MediaType.HTML), new Body.Segments(segments))
        .withTrailers(() -> Headers.of("X-Rendered", "1")));
    app.with(ConditionalGet.create())
        .get("/tagged", c -> new Response(200, ContentTypes.of(MediaType.HTML), new Body.Segments(segments)));
    app.with(ConditionalGet.create())
        .get("/bytes", c -> Response.bytes(200, MediaType.HTML, new Body.Segments(segments).joined()));
    app.with(Compression.create())
        .get("/coded", c -> new Response(200, ContentTypes.of(MediaType.HTML), new Body.Segments(segments)));
    return app;
  }

  private static byte[] bytes(Response response) {
    return response.body() instanceof Body.Bytes(byte[] bytes) ? bytes : NONE;
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void arrivesWholeWhateverItsSize(Transport transport) {
    for (int size : new int[]{2, 300, 20_000}) {
      List<byte[]> segments = segments(size);
      byte[] expected = new Body.Segments(segments).joined();
      try (TestClient client = TestClient.of(app(segments), transport)) {
        assertArrayEquals(expected, bytes(client.get("/plain")));
        assertArrayEquals(expected, bytes(client.get("/behind")));
        assertArrayEquals(NONE, bytes(client.get("/none")));
        assertArrayEquals(NONE, bytes(client.get("/gone")));
        assertArrayEquals(NONE, bytes(client.send(Method.HEAD, "/plain")));
        assertArrayEquals(expected, bytes(client.get("/plain"))); // HEAD has left nothing on the connection
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void hasTheTagAndTheRangesOfItsBytes(Transport transport) {
    List<byte[]> segments = segments(300);
    byte[] expected = new Body.Segments(segments).joined();
    try (TestClient client = TestClient.of(app(segments), transport)) {
      String tag = client.get("/tagged").header("ETag").orElseThrow();
      assertEquals(client.get("/bytes").header("ETag"), Optional.of(tag));
      assertEquals(304, client.with("If-None-Match", tag).get("/tagged").status());
      Response part = client.with("Range", "bytes=100-1099").get("/tagged");
      assertEquals(206, part.status());
      assertArrayEquals(Arrays.copyOfRange(expected, 100, 1100), bytes(part));
      String parts = client.with("Range", "bytes=0-9,20-29").get("/tagged").text();
      assertTrue(parts.contains(new String(expected, 20, 10, UTF_8)), parts);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void isCompressedAsOne(Transport transport) throws IOException {
    List<byte[]> segments = segments(300);
    try (TestClient client = TestClient.of(app(segments), transport)) {
      Response coded = client.with("Accept-Encoding", "gzip").get("/coded");
      assertEquals(Optional.of("gzip"), coded.header("Content-Encoding"));
      try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes(coded)))) {
        assertArrayEquals(new Body.Segments(segments).joined(), in.readAllBytes());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void isShownToTaps(Transport transport) {
    List<byte[]> segments = segments(300);
    var seen = new ByteArrayOutputStream();
    var ends = new ArrayList<String>();
    var app = new App();
    app.get("/", c -> {
      c.tap(new BodyTap() {
        @Override
        public void chunk(ByteBuffer bytes) {
          var copy = new byte[bytes.remaining()];
          bytes.get(copy);
          seen.writeBytes(copy);
        }

        @Override
        public void end() {
          ends.add("end");
        }

        @Override
        public void abort() {
          ends.add("abort");
        }
      });
      return new Response(200, Headers.empty(), new Body.Segments(segments));
    });
    try (TestClient client = TestClient.of(app, transport)) {
      client.get("/");
    }
    assertArrayEquals(new Body.Segments(segments).joined(), seen.toByteArray());
    assertEquals(List.of("end"), ends);
  }
}
