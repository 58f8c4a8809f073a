package dev.edge4j.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A frame means the same however its bytes were split on their way, and a malformed one is refused with the code that RFC 9113 section 6 has for it. */
class FramesAreReadWhateverTheirSplitsTest {
  private static final int MAX = Setting.DEFAULT_FRAME_BYTES;

  @Property(tries = 300)
  void splitsDoNotMatter(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int frames) throws Exception {
    var random = new Random(seed);
    byte[] bytes = randomFrames(random, frames);
    ByteBuf whole = Unpooled.wrappedBuffer(bytes);
    List<String> expected = read(new FrameReader(MAX), whole);

    var reader = new FrameReader(MAX);
    ByteBuf trickle = Unpooled.buffer();
    List<String> seen = new ArrayList<>();
    for (int at = 0; at < bytes.length;) {
      int count = Math.min(bytes.length - at, 1 + random.nextInt(40));
      trickle.writeBytes(bytes, at, count);
      at += count;
      seen.addAll(read(reader, trickle));
    }
    assertEquals(joined(expected), joined(seen));
  }

  private static byte[] randomFrames(Random random, int frames) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < frames; i++) {
      var payload = new byte[random.nextInt(80)];
      random.nextBytes(payload);
      int stream = 1 + 2 * random.nextInt(4);
      bytes.writeBytes(switch (random.nextInt(6)) {
        case 0 -> Http2Client.frameBytes(FrameType.DATA, random.nextInt(2), stream, payload);
        case 1 -> {
          byte[] padded = Http2Client.concat(new byte[]{(byte) random.nextInt(payload.length + 1)}, payload);
          yield Http2Client.frameBytes(FrameType.DATA, 0x8, stream, padded);
        }
        case 2 -> Http2Client.frameBytes(FrameType.HEADERS, Http2Client.END_HEADERS, stream, payload);
        case 3 -> Http2Client.frameBytes(FrameType.PING, 0, 0, new byte[8]);
        case 4 -> Http2Client.frameBytes(FrameType.WINDOW_UPDATE, 0, stream, Http2Client.number(1 + random.nextInt(9)));
        default -> Http2Client.frameBytes(0x77, random.nextInt(256), stream, payload);
      });
    }
    return bytes.toByteArray();
  }

  private static List<String> read(FrameReader reader, ByteBuf bytes) throws ConnectionException {
    List<String> frames = new ArrayList<>();
    for (Frame frame = reader.next(bytes); frame != null; frame = reader.next(bytes)) {
      frames.add(switch (frame) {
        case Frame.Data data -> "DATA " + data.stream() + " " + data.flow() + " " + data.endStream() + " " + ByteBufUtil
            .hexDump(data.bytes());
        case Frame.Headers headers -> "HEADERS " + headers.stream() + " " + ByteBufUtil.hexDump(headers.fragment());
        default -> frame.toString();
      });
    }
    return frames;
  }

  /** Pieces of DATA that follow each other count as one. */
  private static List<String> joined(List<String> frames) {
    List<String> joined = new ArrayList<>();
    for (String frame : frames) {
      String[] now = frame.split(" ", -1);
      String[] before = joined.isEmpty() ? new String[0] : joined.getLast().split(" ", -1);
      boolean continues = now[0].equals("DATA") && before.length > 0 && before[0].equals("DATA") && now[1].equals(
          before[1]) && before[3].equals("false");
      if (continues) {
        int flow = Integer.parseInt(before[2]) + Integer.parseInt(now[2]);
        joined.removeLast();
        joined.add(String.join(" ", "DATA", now[1], "" + flow, now[3], before[4] + now[4]));
      } else {
        joined.add(frame);
      }
    }
    return joined;
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("too long", FrameType.DATA, 0, 1, MAX + 1, ErrorCode.FRAME_SIZE_ERROR),
        Arguments.of("DATA without a stream", FrameType.DATA, 0, 0, 1, ErrorCode.PROTOCOL_ERROR),
        Arguments.of("padded DATA without a length", FrameType.DATA, 0x8, 1, 0, ErrorCode.FRAME_SIZE_ERROR),
        Arguments.of("HEADERS without a stream", FrameType.HEADERS, 0x4, 0, 1, ErrorCode.PROTOCOL_ERROR),
        Arguments.of("HEADERS too short for a priority", FrameType.HEADERS, 0x24, 1, 4, ErrorCode.FRAME_SIZE_ERROR),
        Arguments.of("PRIORITY without a stream", FrameType.PRIORITY, 0, 0, 5, ErrorCode.PROTOCOL_ERROR),
        Arguments.of("RST_STREAM without a stream", FrameType.RST_STREAM, 0, 0, 4, ErrorCode.PROTOCOL_ERROR),
        Arguments.of("RST_STREAM too short", FrameType.RST_STREAM, 0, 1, 3, ErrorCode.FRAME_SIZE_ERROR),
        Arguments.of("SETTINGS on a stream", FrameType.SETTINGS, 0, 1, 0, ErrorCode.PROTOCOL_ERROR),
        Arguments.of("SETTINGS cut off", FrameType.SETTINGS, 0, 0, 5, ErrorCode.FRAME_SIZE_ERROR),
        Arguments.of("acknowledgement with content", FrameType.SETTINGS, 1, 0, 6, ErrorCode.FRAME_SIZE_ERROR),
        Arguments.of("PUSH_PROMISE", FrameType.PUSH_PROMISE, 0x4, 1, 8, ErrorCode.PROTOCOL_ERROR),
        Arguments.of("PING on a stream", FrameType.PING, 0, 1, 8, ErrorCode.PROTOCOL_ERROR),
        Arguments.of("PING too long", FrameType.PING, 0, 0, 9, ErrorCode.FRAME_SIZE_ERROR),
        Arguments.of("GOAWAY on a stream", FrameType.GOAWAY, 0, 1, 8, ErrorCode.PROTOCOL_ERROR),
        Arguments.of("GOAWAY too short", FrameType.GOAWAY, 0, 0, 7, ErrorCode.FRAME_SIZE_ERROR),
        Arguments.of("WINDOW_UPDATE too short", FrameType.WINDOW_UPDATE, 0, 1, 3, ErrorCode.FRAME_SIZE_ERROR),
        Arguments.of("WINDOW_UPDATE by nothing", FrameType.WINDOW_UPDATE, 0, 0, 4, ErrorCode.PROTOCOL_ERROR),
        Arguments.of("CONTINUATION of nothing", FrameType.CONTINUATION, 0x4, 1, 1, ErrorCode.PROTOCOL_ERROR));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void malformed(String name, int type, int flags, int stream, int length, ErrorCode code) {
    ByteBuf bytes = Unpooled.wrappedBuffer(Http2Client.frameBytes(type, flags, stream, new byte[length]));
    var refusal = assertThrows(ConnectionException.class, () -> new FrameReader(MAX).next(bytes));
    assertEquals(code, refusal.code());
  }

  static Stream<Arguments> interruptions() {
    return Stream.of(Arguments.of(FrameType.DATA, 1), Arguments.of(FrameType.HEADERS, 1), Arguments.of(FrameType.PING,
        0), Arguments.of(FrameType.CONTINUATION, 3), Arguments.of(0x77, 0));
  }

  @ParameterizedTest
  @MethodSource
  void interruptions(int type, int stream) throws ConnectionException {
    var reader = new FrameReader(MAX);
    reader.next(Unpooled.wrappedBuffer(Http2Client.frameBytes(FrameType.HEADERS, 0, 1, new byte[1])));
    ByteBuf other = Unpooled.wrappedBuffer(Http2Client.frameBytes(type, 0, stream, new byte[8]));
    assertEquals(ErrorCode.PROTOCOL_ERROR, assertThrows(ConnectionException.class, () -> reader.next(other)).code());
  }
}
