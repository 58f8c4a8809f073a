package dev.edge4j.server.channel;

import io.netty.buffer.ByteBuf;

/**
 * Looks at the heads of the records that a client sends (RFC 8446 section 5.1), of which kind and length are in the clear, for the two
 * things that the JDK's engine does not tell us apart: that it is not TLS at all, and that a handshake begins anew.
 *
 * <p>Renegotiation, in TLS 1.2 alone, lets a client have the server compute as often as it likes. After its ChangeCipherSpec a client of
 * 1.2 sends one record of a handshake (Finished), a client of 1.3 at most one (its second ClientHello): another is a new handshake.
 */
final class RecordWatch {
  /** What the bytes so far say. */
  enum Finding {
    /** Nothing is wrong with them. */
    FINE,
    /** The connection begins like a request of HTTP in the clear. */
    PLAIN_HTTP,
    /** The connection does not begin with a handshake. */
    NO_TLS,
    /** A second handshake begins. */
    RENEGOTIATION
  }

  private static final int HEAD_BYTES = 5;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;

  private boolean begun;
  private boolean ciphersChanged;
  private boolean finished;
  private int at;
  private int left;

  /** Looks at the next bytes, and leaves them as they are. */
  Finding look(ByteBuf bytes) {
    int from = bytes.readerIndex();
    int to = bytes.writerIndex();
    while (from < to) {
      if (at == HEAD_BYTES) {
        int skipped = Math.min(left, to - from);
        from += skipped;
        left -= skipped;
        at = left == 0 ? 0 : at;
      } else {
        Finding finding = head(bytes.getUnsignedByte(from));
        if (finding != Finding.FINE) {
          return finding;
        }
        from++;
      }
    }
    return Finding.FINE;
  }

  private Finding head(int octet) {
    switch (at++) {
      case 0 -> {
        return kind(octet);
      }
      case 3 -> left = octet << 8;
      case 4 -> {
        left |= octet;
        at = left == 0 ? 0 : at;
      }
      default -> {
      } // the version, which says nothing any more
    }
    return Finding.FINE;
  }

  private Finding kind(int octet) {
    if (!begun) {
      begun = true;
      return octet == HANDSHAKE ? Finding.FINE : octet >= 'A' && octet <= 'Z' ? Finding.PLAIN_HTTP : Finding.NO_TLS;
    }
    if (octet == CHANGE_CIPHER_SPEC) {
      ciphersChanged = true;
    } else if (octet == HANDSHAKE && ciphersChanged) {
      if (finished) {
        return Finding.RENEGOTIATION;
      }
      finished = true;
    }
    return Finding.FINE;
  }
}
