package dev.edge4j.server.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a frame of a client must be like (RFC 6455 sections 5.1 to 5.5 and 7.4).
 *
 * @param compression whether the first reserved bit has a meaning (RFC 7692 section 6)
 * @param maxFrameBytes the longest payload
 */
record Rules(boolean compression, long maxFrameBytes) {
  static final int FIN = 0x80;
  static final int RSV1 = 0x40;
  private static final int RSV = 0x70;
  private static final int MASKED = 0x80;
  private static final int MAX_CONTROL_BYTES = 125;
  private static final int TWO_BYTES_FOLLOW = 126;
  private static final int EIGHT_BYTES_FOLLOW = 127;
  private static final int LEAST_FOR_TWO_BYTES = 126;
  private static final int LEAST_FOR_EIGHT_BYTES = 0x10000;

  /** How many bytes of length follow the second byte. */
  static int lengthBytes(byte second) {
    return switch (second & 0x7f) {
      case TWO_BYTES_FOLLOW -> 2;
      case EIGHT_BYTES_FOLLOW -> 8;
      default -> 0;
    };
  }

  /** What is wrong with the first byte of a frame. */
  Optional<Piece.Malformed> first(byte first, boolean inMessage) {
    int opcode = first & 0xf;
    boolean fin = (first & FIN) != 0;
    boolean begins = opcode == Opcode.TEXT || opcode == Opcode.BINARY;
    int reserved = first & RSV;
    if (!Opcode.isKnown(opcode)) {
      return malformed("opcode " + opcode + " means nothing");
    }
    if (reserved != 0 && !(compression && begins && reserved == RSV1)) {
      return malformed("a reserved bit is set");
    }
    if (Opcode.isControl(opcode) && !fin) {
      return malformed("a control frame is fragmented");
    }
    if (begins && inMessage) {
      return malformed("a message begins inside another");
    }
    return opcode == Opcode.CONTINUATION && !inMessage ? malformed("nothing is there to be continued")
        : Optional.empty();
  }

  /** What is wrong with the second byte of a frame. */
  Optional<Piece.Malformed> second(byte first, byte second) {
    if ((second & MASKED) == 0) {
      return malformed("a client's frame is not masked");
    }
    return Opcode.isControl(first & 0xf) && (second & 0x7f) > MAX_CONTROL_BYTES
        ? malformed("a control frame is longer than 125 bytes")
        : Optional.empty();
  }

  /** What is wrong with a length that was written in so many bytes more. */
  Optional<Piece.Malformed> length(int bytes, long length) {
    boolean shortest = switch (bytes) {
      case 2 -> length >= LEAST_FOR_TWO_BYTES;
      case 8 -> length >= LEAST_FOR_EIGHT_BYTES;
      default -> true;
    };
    if (length < 0) {
      return malformed("a length has its first bit set");
    }
    if (!shortest) {
      return malformed("a length is not written in the shortest way");
    }
    return length > maxFrameBytes
        ? Optional.of(new Piece.Malformed(CloseCode.TOO_BIG, "a frame is larger than " + maxFrameBytes + " bytes"))
        : Optional.empty();
  }

  /** What a close frame says, which may be that it is malformed. */
  static Piece.Last close(byte[] payload) {
    if (payload.length == 0) {
      return new Piece.Close(CloseCode.NONE, "");
    }
    if (payload.length == 1) {
      return new Piece.Malformed(CloseCode.PROTOCOL_ERROR, "a close code has one byte");
    }
    int code = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    if (!CloseCode.isSendable(code)) {
      return new Piece.Malformed(CloseCode.PROTOCOL_ERROR, "close code " + code + " may not be sent");
    }
    try {
      ByteBuffer reason = ByteBuffer.wrap(payload, 2, payload.length - 2);
      return new Piece.Close(code, StandardCharsets.UTF_8.newDecoder().decode(reason).toString());
    } catch (CharacterCodingException e) {
      return new Piece.Malformed(CloseCode.INVALID_DATA, "the reason of a close is not UTF-8");
    }
  }

  private static Optional<Piece.Malformed> malformed(String detail) {
    return Optional.of(new Piece.Malformed(CloseCode.PROTOCOL_ERROR, detail));
  }
}
