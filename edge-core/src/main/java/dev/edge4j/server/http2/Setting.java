package dev.edge4j.server.http2;

/** The identifiers of settings (RFC 9113 section 6.5.2), and the values that hold until the first settings arrive. */
final class Setting {
  static final int HEADER_TABLE_SIZE = 0x1;
  static final int ENABLE_PUSH = 0x2;
  static final int MAX_CONCURRENT_STREAMS = 0x3;
  static final int INITIAL_WINDOW_SIZE = 0x4;
  static final int MAX_FRAME_SIZE = 0x5;
  static final int MAX_HEADER_LIST_SIZE = 0x6;

  static final int DEFAULT_WINDOW_BYTES = 65_535;
  static final int DEFAULT_FRAME_BYTES = 16_384;
  static final int DEFAULT_TABLE_BYTES = 4_096;
  static final int MAX_FRAME_BYTES = (1 << 24) - 1;
  static final long MAX_WINDOW_BYTES = (1L << 31) - 1;

  private Setting() {}
}
