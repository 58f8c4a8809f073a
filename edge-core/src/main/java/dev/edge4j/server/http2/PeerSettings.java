package dev.edge4j.server.http2;

/**
 * What the client has told us about how it wants to be sent to. Immutable.
 *
 * @param tableBytes most that our compression may keep on its side
 * @param windowBytes what each stream may be sent before the client says more
 * @param frameBytes largest payload of a frame
 */
record PeerSettings(int tableBytes, int windowBytes, int frameBytes) {
  /** More would only cost us memory for each client that allows it. */
  private static final int MAX_TABLE_BYTES = Setting.DEFAULT_TABLE_BYTES;

  static final PeerSettings DEFAULTS = new PeerSettings(Setting.DEFAULT_TABLE_BYTES, Setting.DEFAULT_WINDOW_BYTES,
      Setting.DEFAULT_FRAME_BYTES);

  /** These settings after a SETTINGS frame, whose values are taken in their order; what nobody knows is passed over. */
  PeerSettings with(long[] values) throws ConnectionException {
    int table = tableBytes;
    int window = windowBytes;
    int frame = frameBytes;
    for (int i = 0; i < values.length; i += 2) {
      long value = values[i + 1];
      switch ((int) values[i]) {
        case Setting.HEADER_TABLE_SIZE -> table = (int) Math.min(value, MAX_TABLE_BYTES);
        case Setting.ENABLE_PUSH -> require(value <= 1, ErrorCode.PROTOCOL_ERROR, "ENABLE_PUSH", value);
        case Setting.INITIAL_WINDOW_SIZE -> {
          require(value <= Setting.MAX_WINDOW_BYTES, ErrorCode.FLOW_CONTROL_ERROR, "INITIAL_WINDOW_SIZE", value);
          window = (int) value;
        }
        case Setting.MAX_FRAME_SIZE -> {
          boolean legal = value >= Setting.DEFAULT_FRAME_BYTES && value <= Setting.MAX_FRAME_BYTES;
          require(legal, ErrorCode.PROTOCOL_ERROR, "MAX_FRAME_SIZE", value);
          frame = (int) value;
        }
        default -> { // we push nothing, and our field sections are as large as the application makes them
        }
      }
    }
    return new PeerSettings(table, window, frame);
  }

  private static void require(boolean legal, ErrorCode code, String name, long value) throws ConnectionException {
    if (!legal) {
      throw new ConnectionException(code, name + ": " + value + " (RFC 9113 section 6.5.2)");
    }
  }
}
