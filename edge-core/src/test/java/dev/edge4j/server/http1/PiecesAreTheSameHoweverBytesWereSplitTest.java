package dev.edge4j.server.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.http.Headers;
import dev.edge4j.server.WireCase;
import dev.edge4j.server.WireCases;
import dev.edge4j.support.Aside;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TCP has no packets: where a read ends says nothing about the request, so it may not change what is made of it. */
@Aside
class PiecesAreTheSameHoweverBytesWereSplitTest {
  static Stream<WireCase> all() {
    return WireCases.all().stream();
  }

  /** What a decoder made of bytes, with the pieces of a body put together. */
  private static final class Reading {
    private final Decoder decoder = new Decoder(1_000, 4_000, 100);
    private final ByteBuf buffer = Unpooled.buffer();
    private final StringBuilder heads = new StringBuilder();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    Reading feed(byte[] bytes, int from, int to) {
      buffer.writeBytes(bytes, from, to - from);
      for (Piece piece = decoder.next(buffer); piece != null; piece = decoder.next(buffer)) {
        switch (piece) {
          case Piece.Content(byte[] part, boolean last, Headers trailers) -> {
            content.writeBytes(part);
            heads.append(last ? "end of body\n" + trailers : "");
          }
          case Piece.Head head -> heads.append(head).append('\n');
          case Piece.Malformed malformed -> heads.append(malformed).append('\n');
        }
      }
      return this;
    }

    String result() {
      return heads + content.toString(ISO_8859_1);
    }
  }

  private static String whole(byte[] bytes) {
    return new Reading().feed(bytes, 0, bytes.length).result();
  }

  @ParameterizedTest
  @MethodSource("all")
  void cutInTwoAtEachByte(WireCase one) {
    byte[] bytes = one.bytes().getBytes(ISO_8859_1);
    String expected = whole(bytes);
    for (int cut = 1; cut < bytes.length; cut++) {
      assertEquals(expected, new Reading().feed(bytes, 0, cut).feed(bytes, cut, bytes.length).result(), "cut at "
          + cut);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void byteByByte(WireCase one) {
    byte[] bytes = one.bytes().getBytes(ISO_8859_1);
    var reading = new Reading();
    for (int i = 0; i < bytes.length; i++) {
      reading.feed(bytes, i, i + 1);
    }
    assertEquals(whole(bytes), reading.result());
  }

  @Property(tries = 300)
  void severalRequestsInRandomParts(@ForAll long seed) {
    var random = new Random(seed);
    List<WireCase> cases = WireCases.all();
    var text = new StringBuilder();
    WireCases.accepted().filter(_ -> random.nextInt(4) == 0).forEach(one -> text.append(one.bytes()));
    byte[] bytes = text.append(cases.get(random.nextInt(cases.size())).bytes()).toString().getBytes(ISO_8859_1);
    var reading = new Reading();
    for (int from = 0; from < bytes.length;) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
      reading.feed(bytes, from, to);
      from = to;
    }
    assertEquals(whole(bytes), reading.result());
  }
}
