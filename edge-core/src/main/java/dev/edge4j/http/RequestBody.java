package dev.edge4j.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * A request's body, read on demand. Reading may block the calling thread until bytes arrive, so never on an event loop.
 */
public interface RequestBody {
  /** No body. */
  RequestBody EMPTY = of(new byte[0], Headers.empty());

  /**
   * The bytes as they arrive; a second call continues where the first stopped. A body over the limit throws
   * {@link BodyTooLargeException} while it is read; a client that leaves, {@link java.io.EOFException}.
   */
  InputStream stream();

  /**
   * True if so many bytes, or all if the body is shorter, can be read without waiting; true too if reading them fails at once. A
   * server whose bodies arrive bit by bit overrides this.
   */
  default boolean isReady(int bytes) {
    return true;
  }

  /**
   * The fields that came behind the body (RFC 9110 section 6.5); empty while it has not been read to its end. Nobody checks whether the
   * client announced them, and a proxy may have dropped them.
   */
  default Headers trailers() {
    return Headers.empty();
  }

  /** A body that is there already; {@link #EMPTY} for no bytes. */
  static RequestBody of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : of(bytes, Headers.empty());
  }

  /** A body that is there already, with the fields that came behind it. */
  static RequestBody of(byte[] bytes, Headers trailers) {
    var stream = new ByteArrayInputStream(bytes);
    return new RequestBody() {
      @Override
      public InputStream stream() {
        return stream;
      }

      @Override
      public Headers trailers() {
        return trailers;
      }
    };
  }
}
