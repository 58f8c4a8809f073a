package dev.edge4j.client;

import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.wire.HopByHop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an origin has answered: the head, and a body that is read as it comes. Close it, or read its body to the end: its connection is in use until then.
 * Confined to one thread, but for {@link #abort}.
 */
public final class OriginResponse implements AutoCloseable {
  private static final int PIECE_BYTES = 16 * 1024;

  private final int status;
  private final Headers headers;
  private final String version;
  private final IncomingBody body;
  private final OptionalLong length;
  private final boolean toHead;
  private final @Nullable OutputStream upgraded;
  private volatile boolean begun;
  private int attempts = 1;

  /**
   * One whose body has not been read.
   *
   * @param toHead true if the request was HEAD: the length is one that the body would have
   */
  OriginResponse(int status, Headers headers, String version, IncomingBody body, OptionalLong length,
      boolean toHead, @Nullable OutputStream upgraded) {
    this.toHead = toHead;
    this.status = status;
    this.headers = headers;
    this.version = version;
    this.body = body;
    this.length = length;
    this.upgraded = upgraded;
  }

  OriginResponse after(int made) {
    attempts = made;
    return this;
  }

  /** 200 to 599; 101 where an upgrade was asked for. */
  public int status() {
    return status;
  }

  /** The fields as received. */
  public Headers headers() {
    return headers;
  }

  /** The version of HTTP that it came in: {@code 1.0}, {@code 1.1} or {@code 2.0}, as {@code Via} has it (RFC 9110 section 7.6.3). */
  public String version() {
    return version;
  }

  /** How often the request was sent: 1 unless there were retries. */
  public int attempts() {
    return attempts;
  }

  /** The first value of that header field. */
  public Optional<String> header(String name) {
    return headers.first(name);
  }

  /**
   * The body as it comes. A read waits as long as the client's options allow, then throws {@link OriginException}, as it does when the body breaks
   * off. Behind a 101 it is what the other protocol says.
   */
  public InputStream body() {
    return body;
  }

  /** How long the body is, if the origin says so; of a response without one, how long it would be. */
  public OptionalLong length() {
    return length;
  }

  /** The fields behind the body; empty before it has been read to its end. */
  public Headers trailers() {
    return body.trailers();
  }

  /** The whole body; {@link OriginException} if it is larger. */
  public byte[] bytes(int most) throws IOException {
    try (body) {
      byte[] bytes = body.readNBytes(most);
      if (bytes.length == most && body.read() >= 0) {
        throw OriginException.protocol("the origin's body is larger than " + most + " bytes");
      }
      return bytes;
    }
  }

  /** The whole body as UTF-8. */
  public String text(int most) throws IOException {
    return new String(bytes(most), StandardCharsets.UTF_8);
  }

  /** Where the other protocol is spoken to, behind a 101; {@link IllegalStateException} behind anything else. */
  public OutputStream upgraded() {
    OutputStream out = upgraded;
    if (out == null) {
      throw new IllegalStateException("status " + status + " (expected: 101, behind which another protocol is spoken)");
    }
    return out;
  }

  /** Gives the connection back if the body has been read to its end, else closes it. */
  @Override
  public void close() {
    body.close();
  }

  /** Ends it at once, whatever reads it. Safe for use by any thread. */
  public void abort() {
    body.abort();
  }

  /** Gives the connection back that nobody has come for. */
  void abortUnlessBegun() {
    if (!begun) {
      abort();
    }
  }

  /**
   * As an answer of our own: status, the fields that are not about the origin's connection, body and trailers. A body that has come whole already is
   * handed over as it is; any other is read while it is written, and who does not write it closes this.
   */
  public Response toResponse() throws IOException {
    if (upgraded != null) {
      throw new IllegalStateException("a 101 (expected: who has asked for an upgrade speaks the other protocol)");
    }
    Headers kept = HopByHop.removed(headers).toBuilder().remove("Content-Length").build();
    boolean done = false;
    try {
      var response = new Response(status, kept, content());
      done = true;
      return response;
    } finally {
      if (!done) {
        close(); // nobody else will
      }
    }
  }

  private Body content() throws IOException {
    if (toHead) {
      return new Body.Stream(_ -> {}, length, Optional.empty());
    }
    if (body.isWhole()) {
      return Body.empty();
    }
    if (length.isPresent() && length.getAsLong() <= PIECE_BYTES && body.isReady()) {
      return new Body.Bytes(body.readNBytes((int) length.getAsLong()));
    }
    return new Body.Stream(this::writeTo, length, Optional.of(this::trailers));
  }

  /** Passes on what is there before it waits for more, so that events arrive when they happen. */
  private void writeTo(OutputStream out) throws IOException {
    begun = true;
    try (body) {
      byte[] piece = new byte[PIECE_BYTES];
      for (int got = body.read(piece, 0, piece.length); got >= 0; got = body.read(piece, 0, piece.length)) {
        out.write(piece, 0, got);
        if (!body.isReady()) {
          out.flush();
        }
      }
    }
  }
}
