package dev.edge4j.server.http2;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.RequestTarget;

/** What a field block that opens a stream means. */
sealed interface RequestHead {
  /**
   * A request.
   *
   * @param headers with {@code Host} before all else, as HTTP/1.1 would have it
   * @param length of the body as declared; {@link #UNDECLARED} if it is not
   * @param expectsContinue true if the client waits for {@code 100 Continue} before it sends its body
   */
  record Accepted(Method method, RequestTarget target, Headers headers, long length,
      boolean expectsContinue) implements RequestHead {
    static final long UNDECLARED = -1;
  }

  /** A request that is understood, but gets no further than this answer. */
  record Refused(Method method, int status, String detail) implements RequestHead {}

  /** No request at all (RFC 9113 section 8.1.1): its stream is reset. */
  record Malformed(String detail) implements RequestHead {}
}
