package dev.edge4j.server.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/** Writes frames (RFC 9113 section 6): what is to be said in, bytes out. */
final class FrameWriter {
  private static final int END_STREAM = 0x1;
  private static final int END_HEADERS = 0x4;
  private static final int ACK = 0x1;
  private static final int MAX_DEBUG_BYTES = 256;

  private FrameWriter() {}

  /** The nine bytes before a payload. */
  static void header(ByteBuf out, int length, int type, int flags, int stream) {
    out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
  }

  static void dataHeader(ByteBuf out, int length, boolean endStream, int stream) {
    header(out, length, FrameType.DATA, endStream ? END_STREAM : 0, stream);
  }

  /** Before a field block of one frame, whose length is not known yet. */
  static void headers(ByteBuf out, boolean endStream, int stream) {
    header(out, 0, FrameType.HEADERS, (endStream ? END_STREAM : 0) | END_HEADERS, stream);
  }

  /** A field block, in as many frames as it takes. */
  static void headers(ByteBuf out, ByteBuf block, boolean endStream, int stream, int maxFrameBytes) {
    int length = Math.min(block.readableBytes(), maxFrameBytes);
    int flags = (endStream ? END_STREAM : 0) | (length == block.readableBytes() ? END_HEADERS : 0);
    header(out, length, FrameType.HEADERS, flags, stream);
    out.writeBytes(block, length);
    while (block.isReadable()) {
      length = Math.min(block.readableBytes(), maxFrameBytes);
      header(out, length, FrameType.CONTINUATION, length == block.readableBytes() ? END_HEADERS : 0, stream);
      out.writeBytes(block, length);
    }
  }

  /** Settings as identifiers and values, alternating. */
  static void settings(ByteBuf out, long... values) {
    header(out, values.length * 3, FrameType.SETTINGS, 0, 0);
    for (int i = 0; i < values.length; i += 2) {
      out.writeShort((int) values[i]).writeInt((int) values[i + 1]);
    }
  }

  static void settingsAck(ByteBuf out) {
    header(out, 0, FrameType.SETTINGS, ACK, 0);
  }

  static void ping(ByteBuf out, boolean ack, long payload) {
    header(out, 8, FrameType.PING, ack ? ACK : 0, 0);
    out.writeLong(payload);
  }

  static void reset(ByteBuf out, int stream, ErrorCode code) {
    header(out, 4, FrameType.RST_STREAM, 0, stream);
    out.writeInt(code.code());
  }

  static void windowUpdate(ByteBuf out, int stream, int increment) {
    header(out, 4, FrameType.WINDOW_UPDATE, 0, stream);
    out.writeInt(increment);
  }

  /** The debug text is cut where it is too long. */
  static void goAway(ByteBuf out, int lastStream, ErrorCode code, String debug) {
    byte[] text = debug.substring(0, Math.min(debug.length(), MAX_DEBUG_BYTES)).getBytes(US_ASCII);
    header(out, 8 + text.length, FrameType.GOAWAY, 0, 0);
    out.writeInt(lastStream).writeInt(code.code()).writeBytes(text);
  }
}
