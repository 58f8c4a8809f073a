package dev.edge4j.server.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Status;
import dev.edge4j.server.wire.DateField;

/**
 * Writes the head of a response (RFC 9112 section 4 and 6): status line, fields, and what frames the body, which is decided here and
 * nowhere else. Pure but for the date.
 */
final class HeadEncoder {
  /** The body comes in chunks. */
  static final long CHUNKED = -1;

  /** Nothing is said of a body: there is none, or the end of the connection ends it. */
  static final long UNSAID = -2;

  private static final int FIRST_STATUS = 100;
  private static final int STATUSES = 500;
  private static final byte[][] STATUS_LINES = new byte[STATUSES][];
  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] KEEP = ascii("Connection: keep-alive\r\n");
  private static final byte[] UPGRADE = ascii("Connection: Upgrade\r\n");
  private static final byte[] TRANSFER_ENCODING = ascii("Transfer-Encoding: chunked\r\n");
  private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
  private static final byte[] NOTHING = {};
  private static final int MAX_DIGITS = 19;

  static {
    for (int i = 0; i < STATUSES; i++) {
      STATUS_LINES[i] = ascii("HTTP/1.1 " + (FIRST_STATUS + i) + " " + Status.reason(FIRST_STATUS + i) + "\r\n");
    }
  }

  /** What becomes of the connection, as the head says it. */
  enum Connection {
    /** Nothing is said: in HTTP/1.1 it is kept. */
    KEPT,
    /** It is kept, and the client of HTTP/1.0 has to be told. */
    KEPT_FOR_OLD,
    /** This is the last answer on it. */
    CLOSED,
    /** It goes on with another protocol, or may (RFC 9110 section 7.8). */
    UPGRADED
  }

  private final byte[] bytes;
  private int at;

  private HeadEncoder(int capacity) {
    this.bytes = new byte[capacity];
  }

  /**
   * The whole head with its empty line.
   *
   * @param length of the body, {@link #CHUNKED} or {@link #UNSAID}
   */
  static byte[] encode(int status, Headers headers, long length, Connection connection) {
    byte[] line = STATUS_LINES[status - FIRST_STATUS];
    byte[] fields = headers.lines();
    byte[] date = headers.isDated() ? NOTHING : DateField.line();
    byte[] last = line(connection);
    int digits = length < 0 ? 0 : digits(length);
    int framing = length >= 0 ? CONTENT_LENGTH.length + digits + 2 : length == CHUNKED ? TRANSFER_ENCODING.length : 0;
    var out = new HeadEncoder(line.length + fields.length + date.length + framing + last.length + 2);
    out.put(line);
    out.put(fields);
    out.put(date);
    if (length >= 0) {
      out.put(CONTENT_LENGTH);
      out.putNumber(length, digits);
      out.putLineEnd();
    } else if (length == CHUNKED) {
      out.put(TRANSFER_ENCODING);
    }
    out.put(last);
    out.putLineEnd();
    return out.bytes;
  }

  private static byte[] line(Connection connection) {
    return switch (connection) {
      case KEPT -> NOTHING;
      case KEPT_FOR_OLD -> KEEP;
      case CLOSED -> CLOSE;
      case UPGRADED -> UPGRADE;
    };
  }

  private void put(byte[] source) {
    System.arraycopy(source, 0, bytes, at, source.length);
    at += source.length;
  }

  private void putLineEnd() {
    bytes[at++] = '\r';
    bytes[at++] = '\n';
  }

  private void putNumber(long number, int digits) {
    long left = number;
    for (int i = at + digits - 1; i >= at; i--) {
      bytes[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    at += digits;
  }

  private static int digits(long number) {
    long bound = 10;
    int digits = 1;
    while (digits < MAX_DIGITS && number >= bound) {
      bound *= 10;
      digits++;
    }
    return digits;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
