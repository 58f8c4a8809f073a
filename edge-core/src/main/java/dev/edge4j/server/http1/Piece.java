package dev.edge4j.server.http1;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.RequestTarget;

/** What a {@link Decoder} makes of bytes: a head, then content until one says it is the last, then the next head. */
public sealed interface Piece {
  /**
   * A request up to the empty line. Content follows unless {@link #isBodiless}.
   *
   * @param length of the body in bytes; {@link #CHUNKED} if it is told chunk by chunk
   * @param old true for a client of HTTP/1.0, which knows no chunks
   * @param keepAlive true if the client wants to use the connection again
   * @param expectsContinue true if the client waits for {@code 100 Continue} before it sends its body
   */
  record Head(Method method, RequestTarget target, Headers headers, long length, boolean old, boolean keepAlive,
      boolean expectsContinue) implements Piece {
    /** The length of a body of which nobody knows it yet. */
    public static final long CHUNKED = -1;

    /** True if the next piece is the next request's head. */
    public boolean isBodiless() {
      return length == 0;
    }
  }

  /**
   * The next bytes of a body, perhaps none, and whether they are the last.
   *
   * @param trailers the fields behind the last chunk
   */
  record Content(byte[] bytes, boolean last, Headers trailers) implements Piece {
    /** One without trailers. */
    Content(byte[] bytes, boolean last) {
      this(bytes, last, Headers.empty());
    }
  }

  /** The request cannot be read, nor what follows it: an answer with that status is the last thing on its connection. */
  record Malformed(int status, String detail) implements Piece {}
}
