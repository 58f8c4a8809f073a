package dev.edge4j.server.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.server.channel.RecordWatch.Finding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The heads of records tell a second handshake and what is no TLS from all else, however the bytes were split. */
class RecordsTellWhatIsNoTlsTest {
  private static final int CIPHERS = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int DATA = 23;

  static Stream<Arguments> connections() {
    return Stream.of(
        Arguments.of("1.2 in full", records(HANDSHAKE, HANDSHAKE, CIPHERS, HANDSHAKE, DATA, DATA, ALERT), Finding.FINE),
        Arguments.of("1.2 with a client's certificate", records(HANDSHAKE, HANDSHAKE, HANDSHAKE, HANDSHAKE, CIPHERS,
            HANDSHAKE, DATA), Finding.FINE),
        Arguments.of("1.3", records(HANDSHAKE, CIPHERS, DATA, DATA, DATA), Finding.FINE),
        Arguments.of("1.3 with a second hello", records(HANDSHAKE, CIPHERS, HANDSHAKE, DATA, DATA), Finding.FINE),
        Arguments.of("renegotiation", records(HANDSHAKE, HANDSHAKE, CIPHERS, HANDSHAKE, DATA, HANDSHAKE),
            Finding.RENEGOTIATION),
        Arguments.of("renegotiation at once", records(HANDSHAKE, HANDSHAKE, CIPHERS, HANDSHAKE, HANDSHAKE),
            Finding.RENEGOTIATION),
        Arguments.of("HTTP in the clear", Unpooled.copiedBuffer("GET / HTTP/1.1\r\n", US_ASCII), Finding.PLAIN_HTTP),
        Arguments.of("SSL 2", Unpooled.wrappedBuffer(new byte[]{(byte) 0x80, 46, 1, 3}), Finding.NO_TLS),
        Arguments.of("data before any handshake", records(DATA), Finding.NO_TLS),
        Arguments.of("nothing", Unpooled.EMPTY_BUFFER, Finding.FINE));
  }

  private static ByteBuf records(int... kinds) {
    ByteBuf bytes = Unpooled.buffer();
    int length = 0;
    for (int kind : kinds) {
      // Contents that would be heads if somebody lost count.
      bytes.writeByte(kind).writeShort(0x303).writeShort(length).writeBytes(new byte[length]);
      length += 131;
    }
    return bytes;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("connections")
  void inOnePiece(String name, ByteBuf bytes, Finding expected) {
    assertEquals(expected, new RecordWatch().look(bytes));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("connections")
  void byteByByte(String name, ByteBuf bytes, Finding expected) {
    var watch = new RecordWatch();
    Finding found = Finding.FINE;
    for (int i = 0; i < bytes.readableBytes() && found == Finding.FINE; i++) {
      found = watch.look(bytes.slice(i, 1));
    }
    assertEquals(expected, found);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("connections")
  void cutInTwo(String name, ByteBuf bytes, Finding expected) {
    for (int cut = 0; cut <= bytes.readableBytes(); cut++) {
      var watch = new RecordWatch();
      Finding found = watch.look(bytes.slice(0, cut));
      assertEquals(expected, found == Finding.FINE ? watch.look(bytes.slice(cut, bytes.readableBytes() - cut)) : found);
    }
  }
}
