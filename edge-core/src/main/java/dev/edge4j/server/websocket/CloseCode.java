package dev.edge4j.server.websocket;

/** Close codes (RFC 6455 section 7.4 and the registry that it set up). */
final class CloseCode {
  static final int NORMAL = 1000;
  static final int GOING_AWAY = 1001;
  static final int PROTOCOL_ERROR = 1002;
  /** The peer closed without a code; never on the wire. */
  static final int NONE = 1005;
  /** The connection broke without a close; never on the wire. */
  static final int ABNORMAL = 1006;
  static final int INVALID_DATA = 1007;
  static final int TOO_BIG = 1009;
  static final int INTERNAL_ERROR = 1011;

  /** 125 bytes of payload, two of them for the code. */
  static final int MAX_REASON_BYTES = 123;

  private CloseCode() {}

  /** True for a code that may stand in a close frame: registered, or of a library or an application. */
  static boolean isSendable(int code) {
    return switch (code) {
      case 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014 -> true;
      default -> code >= 3000 && code <= 4999;
    };
  }
}
