package dev.edge4j.server.http1;

import dev.edge4j.http.Authority;
import dev.edge4j.http.Headers;
import dev.edge4j.wire.ContentLength;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a head says about how long its body is and what becomes of the connection (RFC 9112 sections 3.2, 6 and 9). */
final class Framing implements FieldCheck {
  /** Registered codings that are not ours to undo (RFC 9112 section 7.2). */
  private static final Set<String> COMPRESSIONS = Set.of("gzip", "x-gzip", "deflate", "compress", "x-compress");

  private boolean hasHost;
  private @Nullable String length;
  private @Nullable String coding;
  private boolean close;
  private boolean keepAlive;
  private boolean expects;

  @Override
  public void field(String name, String value) throws MalformedException {
    switch (name.length()) {
      case 4 -> {
        if (name.equalsIgnoreCase("Host")) {
          host(value);
        }
      }
      case 6 -> {
        if (name.equalsIgnoreCase("Expect")) {
          expect(value);
        }
      }
      case 10 -> {
        if (name.equalsIgnoreCase("Connection")) {
          connection(value);
        }
      }
      case 14 -> {
        if (name.equalsIgnoreCase("Content-Length")) {
          length = once(length, name, value);
        }
      }
      case 17 -> {
        if (name.equalsIgnoreCase("Transfer-Encoding")) {
          coding = once(coding, name, value);
        }
      }
      default -> { // the others are the application's
      }
    }
  }

  private static String once(@Nullable String before, String name, String value) throws MalformedException {
    if (before != null) {
      throw new MalformedException("there are two " + name + " fields (RFC 9112 section 6.3)");
    }
    return value;
  }

  private void host(String value) throws MalformedException {
    if (hasHost) {
      throw new MalformedException("there are two Host fields (RFC 9112 section 3.2)");
    }
    if (!Authority.isValid(value)) {
      throw new MalformedException("Host: \"" + value + "\" (expected: a host and perhaps a port)");
    }
    hasHost = true;
  }

  /** An expectation that nobody knows is passed over, as RFC 9110 section 10.1.1 allows. */
  private void expect(String value) {
    for (String expectation : value.split(",", -1)) {
      expects |= expectation.strip().equalsIgnoreCase("100-continue");
    }
  }

  private void connection(String value) {
    for (String option : value.split(",", -1)) {
      close |= option.strip().equalsIgnoreCase("close");
      keepAlive |= option.strip().equalsIgnoreCase("keep-alive");
    }
  }

  /** The whole head, once all its fields have been looked at. */
  Piece.Head head(RequestLine line, Headers headers) throws MalformedException {
    if (!hasHost && !line.old()) {
      throw new MalformedException("there is no Host field (RFC 9112 section 3.2)");
    }
    long bodyLength = bodyLength(line.old());
    boolean reuse = !close && (keepAlive || !line.old());
    boolean waits = expects && !line.old() && bodyLength != 0;
    return new Piece.Head(line.method(), line.target(), headers, bodyLength, line.old(), reuse, waits);
  }

  private long bodyLength(boolean old) throws MalformedException {
    String codings = coding;
    String digits = length;
    if (codings == null) {
      return digits == null ? 0 : contentLength(digits);
    }
    if (digits != null) {
      throw new MalformedException("there are Transfer-Encoding and Content-Length (RFC 9112 section 6.1)");
    }
    if (old) {
      throw new MalformedException("HTTP/1.0 has no Transfer-Encoding (RFC 9112 section 6.1)");
    }
    if (!codings.equalsIgnoreCase("chunked")) {
      throw unknownCoding(codings);
    }
    return Piece.Head.CHUNKED;
  }

  private static long contentLength(String digits) throws MalformedException {
    return ContentLength.parse(digits)
        .orElseThrow(() -> new MalformedException("Content-Length: \"" + digits + "\" (expected: one decimal number)"));
  }

  /** A coding that we do not know is 501 if chunks still tell where the body ends, else 400 (RFC 9112 sections 6.1 and 6.3). */
  private static MalformedException unknownCoding(String codings) {
    String[] parts = codings.toLowerCase(Locale.ROOT).split(",", -1);
    boolean bounded = parts.length == 2 && COMPRESSIONS.contains(parts[0].strip()) && parts[1].strip()
        .equals("chunked");
    return new MalformedException(bounded ? 501 : 400, "Transfer-Encoding: \"" + codings + "\" (expected: chunked)");
  }
}
