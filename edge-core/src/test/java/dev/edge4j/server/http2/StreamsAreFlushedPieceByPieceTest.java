package dev.edge4j.server.http2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.compression.Brotli;
import dev.edge4j.middleware.compression.Compression;
import dev.edge4j.middleware.compression.Decoders;
import dev.edge4j.middleware.compression.Gzip;
import dev.edge4j.middleware.compression.Zstd;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each flushed piece can be decoded by the client before the next one is made: without that both would wait for ever. */
@Timeout(30)
class StreamsAreFlushedPieceByPieceTest {
  private static final String PIECE = "<template for=\"late-1\"><p>a review</p></template>\n";
  private static final int PIECES = 5;

  /** What comes in DATA frames of stream 1, as it comes. */
  private static final class Frames extends InputStream {
    private final Http2Client client;
    private byte[] frame = {};
    private int at;
    private boolean ended;

    Frames(Http2Client client) {
      this.client = client;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      while (at == frame.length) {
        if (ended) {
          return -1;
        }
        Http2Client.Received next = client.await(FrameType.DATA, 1);
        frame = next.payload();
        ended = (next.flags() & 1) != 0;
        at = 0;
      }
      int count = Math.min(length, available());
      System.arraycopy(frame, at, bytes, from, count);
      at += count;
      return count;
    }

    @Override
    public int available() {
      return frame.length - at;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void throughEveryCoding(String coding) throws IOException {
    var seen = new Semaphore(0);
    var app = new App();
    app.use(Compression.of(Zstd.create(), Brotli.create(), Gzip.create()));
    app.get("/", c -> new Response(200, Headers.of("Content-Type", "text/html"), new Body.Stream(out -> {
      for (int i = 0; i < PIECES; i++) {
        out.write(PIECE.getBytes(UTF_8));
        out.flush();
        await(seen);
      }
    })));
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
        Http2Client client = Http2Client.connect(server.port())) {
      client.request(1, "GET", "/", true, "accept-encoding", coding);
      assertEquals(coding, client.fields(client.await(FrameType.HEADERS, 1)).get("content-encoding"));
      try (InputStream in = Decoders.of(coding, new Frames(client))) {
        for (int i = 0; i < PIECES; i++) {
          assertEquals(PIECE, new String(in.readNBytes(PIECE.length()), UTF_8));
          seen.release();
        }
        assertEquals(-1, in.read());
      }
    }
  }

  private static void await(Semaphore seen) throws IOException {
    try {
      if (!seen.tryAcquire(20, TimeUnit.SECONDS)) {
        throw new IOException("the client has seen nothing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
