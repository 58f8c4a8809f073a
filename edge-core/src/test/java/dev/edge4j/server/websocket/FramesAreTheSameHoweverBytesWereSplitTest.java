package dev.edge4j.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.support.LongRun;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where a read ends says nothing about a frame; and what a mask was put on comes off as it was, from any position. */
class FramesAreTheSameHoweverBytesWereSplitTest {
  private static final int LIMIT = 100_000;
  private static final int[] FIRST_BYTES = {0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x89, 0x8a, 0x88, 0xc1, 0x83};
  private static final int[] LENGTHS = {0, 1, 2, 7, 8, 9, 125, 126, 127, 1_000, 65_535, 65_536};

  /** What a decoder made of bytes, with the pieces of a message put together. */
  private static String reading(byte[] bytes, Random splits, int largest) {
    var decoder = new FrameDecoder(true, LIMIT);
    var seen = new StringBuilder();
    var message = new ByteArrayOutputStream();
    for (int from = 0; from < bytes.length;) {
      int to = Math.min(bytes.length, from + 1 + splits.nextInt(largest));
      var in = Unpooled.wrappedBuffer(bytes, from, to - from);
      for (Piece piece = decoder.next(in); piece != null; piece = decoder.next(in)) {
        if (piece instanceof Piece.Data data) {
          assertEquals(data.first(), message.size() == 0, "first");
          message.writeBytes(data.bytes());
          if (data.last()) {
            seen.append(data.text() ? "text " : "binary ").append(data.compressed());
            seen.append(HexFormat.of().formatHex(message.toByteArray())).append('\n');
            message.reset();
          }
        } else {
          seen.append(named(piece)).append('\n');
        }
      }
      from = to;
    }
    return seen + HexFormat.of().formatHex(message.toByteArray());
  }

  private static String named(Piece piece) {
    return switch (piece) {
      case Piece.Ping(byte[] payload) -> "ping " + HexFormat.of().formatHex(payload);
      case Piece.Pong(byte[] payload) -> "pong " + HexFormat.of().formatHex(payload);
      default -> piece.toString();
    };
  }

  @Test
  void anySplitGivesTheSame() {
    int tries = LongRun.tries(500, 20_000);
    for (int seed = 0; seed < tries; seed++) {
      var random = new Random(seed);
      byte[] bytes = frames(random);
      String whole = reading(bytes, random, bytes.length + 1);
      assertEquals(whole, reading(bytes, random, 9), "seed " + seed);
      assertEquals(whole, reading(bytes, random, 5_000), "seed " + seed);
    }
  }

  @Test
  void aMaskComesOffAtAnyPosition() {
    var random = new Random(1);
    for (int length = 0; length < 40; length++) {
      for (int position = 0; position < 9; position++) {
        byte[] plain = new byte[length];
        random.nextBytes(plain);
        int key = random.nextInt();
        byte[] masked = plain.clone();
        for (int i = 0; i < length; i++) {
          masked[i] ^= (byte) (key >> (24 - 8 * ((position + i) % 4)));
        }
        Mask.remove(masked, key, position);
        assertEquals(HexFormat.of().formatHex(plain), HexFormat.of().formatHex(masked), length + " at " + position);
      }
    }
  }

  /** Mostly a conversation that is legal, sometimes one that is not. */
  private static byte[] frames(Random random) {
    var out = new ByteArrayOutputStream();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      int first = FIRST_BYTES[random.nextInt(FIRST_BYTES.length)];
      int length = LENGTHS[random.nextInt(Opcode.isControl(first & 0xf) ? 7 : LENGTHS.length)];
      byte[] payload = new byte[length];
      random.nextBytes(payload);
      out.writeBytes(RawWebSocket.masked(first, payload));
    }
    return out.toByteArray();
  }
}
