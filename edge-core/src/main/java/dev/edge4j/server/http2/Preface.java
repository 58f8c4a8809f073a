package dev.edge4j.server.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/** What a client of HTTP/2 begins with (RFC 9113 section 3.4): no request of HTTP/1.1, on purpose. */
final class Preface {
  private static final byte[] BYTES = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
  static final int LENGTH = BYTES.length;

  /** How bytes compare with it. */
  enum Match {
    /** They are what it begins with, so far. */
    PARTIAL,
    /** It is there. */
    WHOLE,
    /** They are something else. */
    OTHER
  }

  private Preface() {}

  /** Looks at the bytes, and takes none. */
  static Match match(ByteBuf bytes) {
    int count = Math.min(LENGTH, bytes.readableBytes());
    for (int i = 0; i < count; i++) {
      if (bytes.getByte(bytes.readerIndex() + i) != BYTES[i]) {
        return Match.OTHER;
      }
    }
    return count == LENGTH ? Match.WHOLE : Match.PARTIAL;
  }
}
