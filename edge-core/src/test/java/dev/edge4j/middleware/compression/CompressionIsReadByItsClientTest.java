package dev.edge4j.middleware.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was compressed decodes to what was written, by decoders that are not ours, and as early as it was flushed. */
@Timeout(30)
class CompressionIsReadByItsClientTest {
  private static final Compression ALL = Compression.of(Zstd.create(), Brotli.create(), Gzip.create());
  private static final byte[] TEXT = "all work and no play makes a dull page\n".repeat(5_000).getBytes(UTF_8);

  private static Response asking(App app, String coding) {
    return app.request(Request.get("/").withHeader("Accept-Encoding", coding));
  }

  private static byte[] written(Response response) throws IOException {
    var bytes = new ByteArrayOutputStream();
    switch (response.body()) {
      case Body.Bytes(byte[] ready) -> bytes.write(ready);
      case Body.Stream stream -> stream.writer().writeTo(bytes);
      default -> throw new IOException("not coded: " + response.body());
    }
    return bytes.toByteArray();
  }

  private static byte[] decoded(String coding, byte[] coded) throws IOException {
    try (InputStream in = Decoders.of(coding, new ByteArrayInputStream(coded))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void bytesFilesAndStreamsComeBackWhole(String coding, @TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("page.txt"), TEXT);
    for (Body body : new Body[]{new Body.Bytes(TEXT), new Body.File(file), new Body.Stream(out -> out.write(TEXT))}) {
      var app = new App();
      app.use(ALL);
      app.get("/", c -> new Response(200, Headers.of("Content-Type", "text/plain"), body));
      Response response = asking(app, coding);
      assertEquals(Optional.of(coding), response.header("Content-Encoding"));
      byte[] coded = written(response);
      assertTrue(coded.length < TEXT.length / 10, coding + " of " + body + ": " + coded.length);
      assertArrayEquals(TEXT, decoded(coding, coded));
    }
  }

  @Property(tries = 60)
  void whateverIsWrittenInWhateverPartsComesBack(@ForAll @Size(max = 30) byte[][] parts) throws IOException {
    for (ContentCoding coding : new ContentCoding[]{Gzip.level(1), Brotli.level(0), Zstd.level(1)}) {
      var expected = new ByteArrayOutputStream();
      var coded = new ByteArrayOutputStream();
      Encoded.stream(coding, new Body.Stream(out -> {
        for (byte[] part : parts) {
          expected.writeBytes(part);
          out.write(part);
          if (part.length % 2 == 0) {
            out.flush();
          }
        }
      })).writer().writeTo(coded);
      assertArrayEquals(expected.toByteArray(), decoded(coding.name(), coded.toByteArray()), coding.name());
    }
  }

  /** The handler goes on only once the client has read what was flushed: without the flush both would wait for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void aFlushReachesTheClientBeforeTheEnd(String coding) throws Exception {
    var seen = new CountDownLatch(1);
    var app = new App();
    app.use(ALL);
    app.get("/", c -> new Response(200, Headers.of("Content-Type", "text/plain"), new Body.Stream(out -> {
      out.write("first\n".getBytes(UTF_8));
      out.flush();
      await(seen);
      out.write("last\n".getBytes(UTF_8));
    })));
    assertFirstThenLast(app, coding, seen, "first\n", "last\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void anEventReachesTheClientBeforeTheEnd(String coding) throws Exception {
    var seen = new CountDownLatch(1);
    var app = new App();
    app.use(ALL.withEventStreams());
    app.get("/", c -> c.sse(events -> {
      events.send("first");
      await(seen);
      events.send("last");
    }));
    assertFirstThenLast(app, coding, seen, "data: first\n\n", "data: last\n\n");
  }

  private static void assertFirstThenLast(App app, String coding, CountDownLatch seen, String first, String last)
      throws IOException {
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"))) {
      var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + server.port() + "/")
          .toURL()
          .openConnection();
      connection.setRequestProperty("Accept-Encoding", coding);
      connection.setReadTimeout(20_000);
      assertEquals(coding, connection.getContentEncoding());
      try (InputStream in = Decoders.of(coding, connection.getInputStream())) {
        assertEquals(first, new String(in.readNBytes(first.length()), UTF_8));
        seen.countDown();
        assertEquals(last, new String(in.readAllBytes(), UTF_8));
      }
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("the client has seen nothing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br"})
  void aBodyThatFailsHalfWayDoesNotLookWhole(String coding) {
    var coded = new ByteArrayOutputStream();
    ContentCoding by = coding.equals("br") ? Brotli.create() : Gzip.create();
    Body.Writer writer = Encoded.stream(by, new Body.Stream(out -> {
      out.write(TEXT);
      out.flush();
      throw new EOFException("the source has gone");
    })).writer();
    assertThrows(EOFException.class, () -> writer.writeTo(coded));
    assertTrue(coded.size() > 0);
    assertThrows(IOException.class, () -> decoded(coding, coded.toByteArray()));
  }

  @Test
  void aHandlerMayCloseItsStream() throws IOException {
    for (ContentCoding coding : new ContentCoding[]{Gzip.create(), Brotli.create(), Zstd.create()}) {
      var coded = new ByteArrayOutputStream();
      Encoded.stream(coding, new Body.Stream(out -> {
        out.write(TEXT);
        out.close();
      })).writer().writeTo(coded);
      assertArrayEquals(TEXT, decoded(coding.name(), coded.toByteArray()));
    }
  }

  @Test
  void aHigherLevelIsNotLarger() {
    byte[] text = new byte[20_000];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) "lorem ipsum dolor sit amet".charAt(i / 7 * i % 26);
    }
    assertTrue(Encoded.bytes(Gzip.level(9), text).length <= Encoded.bytes(Gzip.level(1), text).length);
    assertTrue(Encoded.bytes(Brotli.level(9), text).length <= Encoded.bytes(Brotli.level(0), text).length);
    assertTrue(Encoded.bytes(Zstd.level(19), text).length <= Encoded.bytes(Zstd.level(1), text).length);
  }
}
