package dev.edge4j.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What breaks a rule of RFC 6455 section 5 or 7.4 ends the connection with the code that it asks for. */
class FramesAreReadStrictlyTest {
  private static final int LIMIT = 70_000;

  /** Bytes of frames as they are on the wire, masked by zeros where nothing else matters, and the code they are refused with. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      not masked                            | 81 01 61                              | 1002
      opcode 3                              | 83 80 00000000                        | 1002
      opcode 7                              | 87 80 00000000                        | 1002
      opcode 11                             | 8b 80 00000000                        | 1002
      opcode 15                             | 8f 80 00000000                        | 1002
      first reserved bit                    | c1 80 00000000                        | 1002
      second reserved bit                   | a1 80 00000000                        | 1002
      third reserved bit                    | 91 80 00000000                        | 1002
      fragmented ping                       | 09 80 00000000                        | 1002
      fragmented close                      | 08 80 00000000                        | 1002
      long ping                             | 89 fe 007e 00000000                   | 1002
      continuation of nothing               | 80 80 00000000                        | 1002
      continuation after the last           | 81 80 00000000 80 80 00000000         | 1002
      message inside a message              | 01 80 00000000 81 80 00000000         | 1002
      message inside a message, not empty   | 01 81 00000000 61 82 80 00000000      | 1002
      125 in two bytes                      | 82 fe 007d 00000000                   | 1002
      65535 in eight bytes                  | 82 ff 000000000000ffff 00000000       | 1002
      negative length                       | 82 ff 8000000000000000 00000000       | 1002
      over the limit                        | 82 ff 0000000000011171 00000000       | 1009
      far over the limit                    | 82 ff 7fffffffffffffff 00000000       | 1009
      close of one byte                     | 88 81 00000000 03                     | 1002
      close code 0                          | 88 82 00000000 0000                   | 1002
      close code 999                        | 88 82 00000000 03e7                   | 1002
      close code 1004                       | 88 82 00000000 03ec                   | 1002
      close code 1005                       | 88 82 00000000 03ed                   | 1002
      close code 1006                       | 88 82 00000000 03ee                   | 1002
      close code 1015                       | 88 82 00000000 03f7                   | 1002
      close code 2999                       | 88 82 00000000 0bb7                   | 1002
      close code 5000                       | 88 82 00000000 1388                   | 1002
      close reason that is not UTF-8        | 88 83 00000000 03e8 ff                | 1007
      """)
  void isRefused(String what, String bytes, int code) {
    assertEquals("malformed " + code, last(bytes, false), what);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      compressed continuation | 41 81 00000000 61 c0 81 00000000 61
      compressed ping         | c9 80 00000000
      compressed close        | c8 80 00000000
      two reserved bits       | e1 80 00000000
      """)
  void isRefusedWithCompressionToo(String what, String bytes) {
    assertEquals("malformed 1002", last(bytes, true), what);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      text              | 81 81 00000000 61                                     | text 'a' last
      masked            | 81 85 37fa213d 7f9f4d5158                             | text 'Hello' last
      empty             | 82 80 00000000                                        | binary '' last
      fragments         | 01 81 00000000 61 00 80 00000000 80 81 00000000 62    | text 'b' last
      ping between      | 01 81 00000000 61 89 81 00000000 70 80 80 00000000    | text '' last
      126 in two bytes  | 02 fe 007e 00000000                                   | nothing
      close             | 88 80 00000000                                        | close 1005 ''
      close with reason | 88 84 00000000 03e8 6279                              | close 1000 'by'
      close code 3000   | 88 82 00000000 0bb8                                   | close 3000 ''
      close code 1014   | 88 82 00000000 03f6                                   | close 1014 ''
      bytes after close | 88 82 00000000 03e8 ffffffff                          | close 1000 ''
      pong              | 8a 81 00000000 70                                     | pong 'p'
      """)
  void isRead(String what, String bytes, String piece) {
    assertEquals(piece, last(bytes, false), what);
  }

  private static String last(String bytes, boolean compression) {
    ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex(bytes.replace(" ", "")));
    var decoder = new FrameDecoder(compression, LIMIT);
    String last = "nothing";
    for (Piece piece = decoder.next(in); piece != null; piece = decoder.next(in)) {
      last = switch (piece) {
        case Piece.Data data -> (data.text() ? "text '" : "binary '") + new String(data.bytes(), UTF_8)
            + (data.last() ? "' last" : "'");
        case Piece.Ping ping -> "ping '" + new String(ping.payload(), UTF_8) + "'";
        case Piece.Pong pong -> "pong '" + new String(pong.payload(), UTF_8) + "'";
        case Piece.Close close -> "close " + close.code() + " '" + close.reason() + "'";
        case Piece.Malformed malformed -> "malformed " + malformed.code();
      };
    }
    assertEquals(0, in.readableBytes(), "bytes that nobody took");
    return last;
  }
}
