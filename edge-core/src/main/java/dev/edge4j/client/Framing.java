package dev.edge4j.client;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.wire.ContentLength;
import java.util.List;

/** Where the body of a response ends (RFC 9112 section 6.3). What could be read in two ways is refused: another reader may have read it the other way. */
sealed interface Framing {
  /** There is no body. */
  record None() implements Framing {}

  /** After so many bytes. */
  record Length(long bytes) implements Framing {}

  /** After the last chunk. */
  record Chunked() implements Framing {}

  /** With the connection. */
  record ToEnd() implements Framing {}

  static Framing of(Method method, ResponseHead head) throws OriginException {
    Headers headers = head.headers();
    List<String> codings = headers.all("Transfer-Encoding");
    List<String> lengths = headers.all("Content-Length");
    boolean bodiless = method.equals(Method.HEAD) || head.status() < 200 || head.status() == 204
        || head.status() == 304;
    if (!codings.isEmpty()) {
      boolean clear = codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked") && lengths.isEmpty()
          && head.minor() == 1;
      if (!clear) {
        throw OriginException.protocol("the origin's response is framed in two ways, or in one that nobody asked for");
      }
      return bodiless ? new None() : new Chunked();
    }
    if (lengths.isEmpty()) {
      return bodiless ? new None() : new ToEnd();
    }
    long length = lengths.size() == 1 ? ContentLength.parse(lengths.getFirst()).orElse(-1) : -1;
    if (length < 0) {
      throw OriginException.protocol("the origin's Content-Length is not one decimal number (RFC 9112 section 6.3)");
    }
    return bodiless ? new None() : new Length(length);
  }
}
