package dev.edge4j.server.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.AttributeKey;

/**
 * Two buffers of one event loop, one for what it reads and one for what it writes, lent to one connection after the other: nearly all
 * requests are read whole and nearly all answers taken whole, so the next one finds them free. Who keeps one longer, a client that
 * sends half a head or takes no answer, only makes the others allocate as they would without. Confined to the event loop.
 */
public final class LoopBuffers implements AutoCloseable {
  /** A record of TLS, or the largest answer that leaves in one piece, with something to spare. */
  static final int CAPACITY_BYTES = 32 * 1024;

  /** How much is read at once where the loop's own buffer is not free. */
  private static final int READ_BYTES = 8 * 1024;

  /** The collector frees what was never closed. */
  private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, false, false);
  private static final AttributeKey<LoopBuffers> KEY = AttributeKey.valueOf(LoopBuffers.class.getName());

  private final Loan inbound = new Loan();
  private final Loan outbound = new Loan();

  /** Has a channel of the loop read into them, and makes them known to whoever writes to it. */
  public void serve(Channel channel) {
    channel.attr(KEY).set(this);
    var _ = channel.config().setRecvByteBufAllocator(new Reads(this));
  }

  /** Those of the loop that serves the channel; new ones if none does. */
  public static LoopBuffers of(Channel channel) {
    LoopBuffers known = channel.attr(KEY).get();
    return known == null ? new LoopBuffers() : known;
  }

  /** An empty buffer for so many bytes to write, to be released as any other. */
  public ByteBuf outbound(ByteBufAllocator otherwise, int bytes) {
    return bytes <= CAPACITY_BYTES && outbound.isFree() ? outbound.lend() : otherwise.ioBuffer(bytes);
  }

  /** An empty buffer to read into, to be released as any other. */
  ByteBuf inbound(ByteBufAllocator otherwise) {
    return inbound.isFree() ? inbound.lend() : otherwise.ioBuffer(READ_BYTES);
  }

  /** Gives the memory back, once the loop has ended. What somebody has kept is a leak then, and reported as one. */
  @Override
  public void close() {
    inbound.end();
    outbound.end();
  }

  /** One buffer, of which this holds a reference to the end. */
  private static final class Loan {
    private final ByteBuf buffer = ALLOCATOR.directBuffer(CAPACITY_BYTES, CAPACITY_BYTES);

    boolean isFree() {
      return buffer.refCnt() == 1;
    }

    ByteBuf lend() {
      return buffer.clear().retain();
    }

    void end() {
      var _ = buffer.release();
    }
  }

  private static final class Reads extends DefaultMaxMessagesRecvByteBufAllocator {
    private final LoopBuffers buffers;

    Reads(LoopBuffers buffers) {
      this.buffers = buffers;
    }

    @Override
    public ExtendedHandle newHandle() {
      return new MaxMessageHandle() {
        @Override
        public ByteBuf allocate(ByteBufAllocator otherwise) {
          return buffers.inbound(otherwise);
        }

        @Override
        public int guess() {
          return READ_BYTES;
        }
      };
    }
  }
}
