package dev.edge4j.client;

/**
 * One frame of HTTP/2 as it came (RFC 9113 section 4.1).
 *
 * @param payload without its padding
 * @param size with it: what flow control counts (section 6.9.1)
 */
record Http2Frame(int type, int flags, int stream, byte[] payload, int size) {
  static final int HEADER_BYTES = 9;
  /** The largest that has to be taken, and the largest that we take (section 4.2). */
  static final int MAX_BYTES = 16_384;

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;
  static final int PRIORITY = 0x20;

  /** Error codes of section 7. */
  static final int PROTOCOL_ERROR = 1;
  static final int REFUSED_STREAM = 7;
  static final int CANCEL = 8;

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** The number that stands at that place, without its reserved bit. */
  int number(int at) {
    return word(at) & 0x7fff_ffff;
  }

  int word(int at) {
    return (payload[at] & 0xff) << 24 | (payload[at + 1] & 0xff) << 16 | (payload[at + 2] & 0xff) << 8
        | (payload[at + 3] & 0xff);
  }

  /** Refuses what the rules for frames forbid. */
  static void check(boolean legal, String what) throws OriginException {
    if (!legal) {
      throw OriginException.protocol(what + " of the origin breaks the rules of HTTP/2 (RFC 9113 section 6)");
    }
  }
}
