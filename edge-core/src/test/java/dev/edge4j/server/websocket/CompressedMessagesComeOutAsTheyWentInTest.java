package dev.edge4j.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.WebSocketClosedException;
import dev.edge4j.server.websocket.Deflating.Fragment;
import dev.edge4j.server.websocket.Deflating.Until;
import dev.edge4j.support.LongRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deflated is inflated to the same, in whatever pieces it was written, flushed and read (RFC 7692 section 7.2). */
class CompressedMessagesComeOutAsTheyWentInTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void inAnyPieces(boolean keepsContext) throws Exception {
    var deflating = new Deflating(keepsContext, () -> new WebSocketClosedException(Optional.empty()));
    var inflating = new Inflating(keepsContext);
    int tries = LongRun.tries(400, 10_000);
    for (int seed = 0; seed < tries; seed++) {
      var random = new Random(seed);
      byte[] message = message(random);
      List<byte[]> fragments = deflate(deflating, message, random);
      assertArrayEquals(message, inflate(inflating, fragments, 1 + random.nextInt(3_000)), "seed " + seed);
    }
    deflating.close();
    inflating.close();
  }

  /** Section 7.2.3.1: an example of the RFC. */
  @Test
  void anExampleOfTheRfc() throws Exception {
    byte[] hello = {(byte) 0xf2, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00};
    assertEquals("Hello", new String(inflate(new Inflating(true), List.of(hello), 100), UTF_8));
  }

  /** Section 7.2.3.4: a block that says it is the last, and the byte that ends it. */
  @Test
  void aStreamThatEndsInsideAMessage() throws Exception {
    byte[] hello = {(byte) 0xf3, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00, 0x00};
    assertEquals("Hello", new String(inflate(new Inflating(true), List.of(hello), 100), UTF_8));
  }

  /** Section 7.2.3.2: one message may refer to the one before. */
  @Test
  void aSharedContext() throws Exception {
    var inflating = new Inflating(true);
    byte[] first = {(byte) 0xf2, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00};
    byte[] second = {(byte) 0xf2, 0x00, 0x11, 0x00, 0x00};
    assertEquals("Hello", new String(inflate(inflating, List.of(first), 100), UTF_8));
    assertEquals("Hello", new String(inflate(inflating, List.of(second), 100), UTF_8));
    assertThrows(DataFormatException.class, () -> inflate(new Inflating(false), List.of(second), 100));
  }

  @Test
  void nothingComesOutOfWhatIsClosed() {
    var deflating = new Deflating(true, () -> new WebSocketClosedException(Optional.empty()));
    deflating.begin(100);
    deflating.close();
    deflating.input(new byte[10], 0, 10);
    assertThrows(WebSocketClosedException.class, () -> deflating.next(Until.ENDED));
    var inflating = new Inflating(true);
    inflating.close();
    inflating.input(new byte[10], true);
    assertThrows(IOException.class, () -> inflating.output(new byte[10], 0, 10));
  }

  /** Nothing, a little, or much, of few different bytes or of many. */
  private static byte[] message(Random random) {
    byte[] message = new byte[random.nextBoolean() ? random.nextInt(20) : random.nextInt(60_000)];
    random.nextBytes(message);
    if (random.nextBoolean()) {
      for (int i = 0; i < message.length; i++) {
        message[i] &= 3;
      }
    }
    return message;
  }

  private static List<byte[]> deflate(Deflating deflating, byte[] message, Random random) {
    List<byte[]> fragments = new ArrayList<>();
    deflating.begin(1 + random.nextInt(2_000));
    int from = 0;
    while (from < message.length && random.nextInt(5) > 0) {
      int length = 1 + random.nextInt(message.length - from);
      deflating.input(message, from, length);
      from += length;
      drain(deflating, random.nextBoolean() ? Until.USED_UP : Until.FLUSHED, fragments);
    }
    deflating.input(message, from, message.length - from);
    assertTrue(drain(deflating, Until.ENDED, fragments));
    return fragments;
  }

  /** True once the message has ended. */
  private static boolean drain(Deflating deflating, Until until, List<byte[]> fragments) {
    for (Optional<Fragment> next = deflating.next(until); next.isPresent(); next = deflating.next(until)) {
      fragments.add(next.get().bytes());
      if (next.get().last()) {
        return true;
      }
    }
    return false;
  }

  private static byte[] inflate(Inflating inflating, List<byte[]> fragments, int atATime) throws Exception {
    var out = new ByteArrayOutputStream();
    var buffer = new byte[atATime];
    for (int i = 0; i < fragments.size(); i++) {
      inflating.input(fragments.get(i), i == fragments.size() - 1);
      for (int count = inflating.output(buffer, 0, atATime); count > 0; count = inflating.output(buffer, 0, atATime)) {
        out.write(buffer, 0, count);
      }
    }
    return out.toByteArray();
  }
}
