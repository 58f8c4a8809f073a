package dev.edge4j.server.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.CharsetUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A buffer that one connection holds is never another's too. */
class LoopBuffersAreLentOnceTest {
  private static final ByteBufAllocator OTHERWISE = new UnpooledByteBufAllocator(true);

  private final LoopBuffers buffers = LoopBuffers.create();

  @AfterEach
  void close() {
    assertTrue(buffers.areBack());
    buffers.close();
  }

  private ByteBuf read(String text) {
    ByteBuf bytes = buffers.inbound(OTHERWISE);
    bytes.writeCharSequence(text, CharsetUtil.US_ASCII);
    return bytes;
  }

  private ByteBuf write(String text) {
    ByteBuf bytes = buffers.outbound(OTHERWISE, text.length());
    bytes.writeCharSequence(text, CharsetUtil.US_ASCII);
    return bytes;
  }

  private static void holds(String text, ByteBuf bytes) {
    assertEquals(text, bytes.toString(CharsetUtil.US_ASCII));
    bytes.release();
  }

  @Test
  void whoeverComesNextGetsItEmpty() {
    ByteBuf first = write("first");
    holds("first", first);
    ByteBuf second = write("second");
    assertSame(first, second);
    holds("second", second);
  }

  @Test
  void whileItIsHeldOthersGetTheirOwn() {
    ByteBuf half = read("half");
    ByteBuf slow = write("slow");
    assertFalse(buffers.areBack());
    for (int i = 0; i < 3; i++) {
      ByteBuf next = read("next");
      assertNotSame(half, next);
      holds("next", next);
      ByteBuf quick = write("quick");
      assertNotSame(slow, quick);
      holds("quick", quick);
    }
    holds("half", half);
    holds("slow", slow);
    ByteBuf again = read("again");
    assertSame(half, again);
    holds("again", again);
  }

  @Test
  void whatIsReadAndWrittenAreTwo() {
    ByteBuf in = read("in");
    holds("out", write("out"));
    holds("in", in);
  }

  @Test
  void whatIsLargerIsAllocated() {
    ByteBuf large = buffers.outbound(OTHERWISE, LoopBuffers.CAPACITY_BYTES + 1);
    assertTrue(large.capacity() > LoopBuffers.CAPACITY_BYTES);
    large.release();
  }

  /** As of a head that came in two pieces. */
  @Test
  void whatIsPutTogetherStaysTheConnections() {
    ByteBuf both = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(OTHERWISE, read("GET / HT"), read("TP/1.1"));
    holds("POST / HTTP/1.1", read("POST / HTTP/1.1"));
    holds("GET / HTTP/1.1", both);
  }

  @Test
  void theChannelsOfALoopShareThem() {
    var first = new EmbeddedChannel();
    var second = new EmbeddedChannel();
    buffers.serve(first);
    buffers.serve(second);
    assertSame(buffers, LoopBuffers.of(first));
    assertSame(buffers, LoopBuffers.of(second));
    ByteBuf lent = first.unsafe().recvBufAllocHandle().allocate(OTHERWISE);
    assertEquals(LoopBuffers.CAPACITY_BYTES, lent.capacity());
    holds("other", read("other"));
    lent.release();
    assertSame(lent, second.unsafe().recvBufAllocHandle().allocate(OTHERWISE));
    lent.release();
  }

  @Test
  void aChannelWithoutThemAllocates() {
    LoopBuffers none = LoopBuffers.of(new EmbeddedChannel());
    assertNotSame(buffers, none);
    for (int i = 0; i < 2; i++) {
      ByteBuf own = none.outbound(OTHERWISE, 10);
      assertEquals(1, own.refCnt());
      own.release();
    }
  }

  @Test
  void whoReleasesTwiceTakesItFromNobody() {
    ByteBuf once = write("once");
    once.release();
    once.release();
    holds("new", write("new"));
  }
}
