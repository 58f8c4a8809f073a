package dev.edge4j.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.edge4j.http.Headers;
import dev.edge4j.wire.Blanks;
import java.io.IOException;
import java.util.Arrays;

/**
 * Status line and fields of a response of HTTP/1.1, or of HTTP/1.0, read strictly (RFC 9112 sections 4 and 5): lines end in CR LF and nothing else, none is
 * folded, and no name has a space behind it.
 *
 * @param minor the version: 1.1 or 1.0
 */
record ResponseHead(int minor, int status, Headers headers) {
  private static final int MAX_FIELDS = 512;
  private static final int STATUS_AT = 9;
  private static final int STATUS_END = 12;

  /** Reads lines, and counts their bytes. */
  private static final class Lines {
    private final TimedInput in;
    private final Patience patience;
    private int left;
    private byte[] line = new byte[256];

    Lines(TimedInput in, Patience patience, int maxBytes) {
      this.in = in;
      this.patience = patience;
      this.left = maxBytes;
    }

    String next() throws IOException {
      int length = 0;
      for (int b = in.read(patience); b != '\n'; b = in.read(patience)) {
        if (b < 0) {
          throw OriginException.broken("the origin closed the connection before the end of a head");
        }
        if (--left < 0) {
          throw OriginException.protocol("the origin's head is larger than allowed");
        }
        if (length == line.length) {
          line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = (byte) b;
      }
      if (length == 0 || line[length - 1] != '\r') {
        throw OriginException.protocol("a line of the origin's head ends in a bare LF (RFC 9112 section 2.2)");
      }
      return new String(line, 0, length - 1, ISO_8859_1);
    }
  }

  static ResponseHead read(TimedInput in, Patience patience, int maxBytes) throws IOException {
    var lines = new Lines(in, patience, maxBytes);
    String status = lines.next();
    boolean legal = status.length() >= STATUS_END && (status.startsWith("HTTP/1.1 ") || status.startsWith("HTTP/1.0 "))
        && (status.length() == STATUS_END || status.charAt(STATUS_END) == ' ');
    int code = legal ? code(status) : -1;
    if (code < 0) {
      throw OriginException.protocol("the origin's status line is none of HTTP/1.1 (RFC 9112 section 4)");
    }
    return new ResponseHead(status.charAt(STATUS_AT - 2) - '0', code, fields(lines));
  }

  /** Fields behind a body, to their empty line. */
  static Headers trailers(TimedInput in, Patience patience, int maxBytes) throws IOException {
    return fields(new Lines(in, patience, maxBytes));
  }

  private static int code(String status) {
    int code = 0;
    for (int i = STATUS_AT; i < STATUS_END; i++) {
      int digit = status.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      code = code * 10 + digit;
    }
    return code >= 100 && code <= 599 ? code : -1;
  }

  private static Headers fields(Lines lines) throws IOException {
    Headers.Builder headers = Headers.builder();
    int count = 0;
    for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
      int colon = line.indexOf(':');
      if (colon < 1 || ++count > MAX_FIELDS) {
        throw OriginException.protocol(colon < 1 ? "a line of the origin's head has no name (RFC 9112 section 5)"
            : "the origin's head has more than " + MAX_FIELDS + " fields");
      }
      try {
        headers.add(line.substring(0, colon), Blanks.trimmed(line.substring(colon + 1)));
      } catch (IllegalArgumentException e) {
        throw OriginException.protocol("a field of the origin is malformed: " + e.getMessage(), e);
      }
    }
    return headers.build();
  }

  boolean isInterim() {
    return status < 200 && status != 101;
  }

  /** True if the origin means to keep the connection. */
  boolean keepsConnection() {
    return minor == 1 && headers.list("Connection").stream().noneMatch("close"::equalsIgnoreCase);
  }
}
