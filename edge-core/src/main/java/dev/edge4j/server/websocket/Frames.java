package dev.edge4j.server.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** Writes the frames of a server, which are not masked (RFC 6455 section 5). */
final class Frames {
  private static final int MAX_HEAD_BYTES = 10;
  private static final int TWO_BYTES_FOLLOW = 126;
  private static final int EIGHT_BYTES_FOLLOW = 127;

  private Frames() {}

  /**
   * A frame in a buffer of its own.
   *
   * @param flags {@link Rules#FIN} and {@link Rules#RSV1}, or none
   */
  static ByteBuf frame(ByteBufAllocator allocator, int flags, int opcode, byte[] bytes, int from, int length) {
    ByteBuf frame = allocator.buffer(MAX_HEAD_BYTES + length).writeByte(flags | opcode);
    if (length < TWO_BYTES_FOLLOW) {
      frame.writeByte(length);
    } else if (length < 1 << Short.SIZE) {
      frame.writeByte(TWO_BYTES_FOLLOW).writeShort(length);
    } else {
      frame.writeByte(EIGHT_BYTES_FOLLOW).writeLong(length);
    }
    return frame.writeBytes(bytes, from, length);
  }

  static ByteBuf control(ByteBufAllocator allocator, int opcode, byte[] payload) {
    return frame(allocator, Rules.FIN, opcode, payload, 0, payload.length);
  }

  /** A close; one without a code for {@link CloseCode#NONE}. */
  static ByteBuf close(ByteBufAllocator allocator, int code, String reason) {
    if (code == CloseCode.NONE) {
      return control(allocator, Opcode.CLOSE, new byte[0]);
    }
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    return control(allocator, Opcode.CLOSE, payload);
  }
}
