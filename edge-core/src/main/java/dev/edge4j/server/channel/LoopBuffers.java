package dev.edge4j.server.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two buffers of one event loop, one for what it reads and one for what it writes, lent to one connection after the other: nearly all
 * requests are read whole and nearly all answers taken whole, so the next one finds them free. Who keeps one longer, a client that
 * takes no answer or sends half a record of TLS, only makes the others allocate. Confined to the event loop.
 */
public final class LoopBuffers implements AutoCloseable {
  /** A record of TLS, or the largest answer that leaves in one piece, with something to spare. */
  static final int CAPACITY_BYTES = 32 * 1024;

  /** How much is read at once where the loop's own buffer is not free. */
  private static final int READ_BYTES = 8 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(LoopBuffers.class);
  private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true);
  private static final AttributeKey<LoopBuffers> KEY = AttributeKey.valueOf(LoopBuffers.class.getName());
  private static final LoopBuffers NONE = new LoopBuffers(new Loan(false), new Loan(false));

  private final Loan inbound;
  private final Loan outbound;

  private LoopBuffers(Loan inbound, Loan outbound) {
    this.inbound = inbound;
    this.outbound = outbound;
  }

  /** Those of a loop that nobody has yet. To be closed. */
  public static LoopBuffers create() {
    return new LoopBuffers(new Loan(true), new Loan(true));
  }

  /** Has a channel of the loop read into them, and makes them known to whoever writes to it. */
  public void serve(Channel channel) {
    channel.attr(KEY).set(this);
    var _ = channel.config().setRecvByteBufAllocator(new Reads(this));
  }

  /** Those of the loop that serves the channel; if none does, all is allocated. */
  public static LoopBuffers of(Channel channel) {
    LoopBuffers known = channel.attr(KEY).get();
    return known == null ? NONE : known;
  }

  /** An empty buffer for so many bytes to write, to be released as any other. */
  public ByteBuf outbound(ByteBufAllocator otherwise, int bytes) {
    return bytes <= CAPACITY_BYTES && outbound.isFree() ? outbound.lend() : otherwise.ioBuffer(bytes);
  }

  /** An empty buffer to read into, to be released as any other. */
  ByteBuf inbound(ByteBufAllocator otherwise) {
    return inbound.isFree() ? inbound.lend() : otherwise.ioBuffer(READ_BYTES);
  }

  /** True while nobody has one of them. */
  boolean areBack() {
    return inbound.isFree() && outbound.isFree();
  }

  /** Gives the memory back, once the loop has ended. What somebody still has is a leak then, and said to be one. */
  @Override
  public void close() {
    if (!areBack()) {
      LOG.error("LEAK: a buffer of an event loop was not given back before its end");
    }
    inbound.end();
    outbound.end();
  }

  /** One buffer, of which this holds a reference to the end. */
  private static final class Loan {
    private final boolean lends;
    private @Nullable ByteBuf buffer;

    Loan(boolean lends) {
      this.lends = lends;
    }

    boolean isFree() {
      ByteBuf known = buffer;
      return lends && (known == null || known.refCnt() <= 1);
    }

    ByteBuf lend() {
      ByteBuf known = buffer;
      if (known == null || known.refCnt() == 0) {
        if (known != null) {
          LOG.error("a buffer of an event loop was released twice", new IllegalStateException());
        }
        known = ALLOCATOR.directBuffer(CAPACITY_BYTES, CAPACITY_BYTES);
        buffer = known;
      }
      return known.clear().retain();
    }

    void end() {
      ByteBuf known = buffer;
      if (known != null && known.refCnt() > 0) {
        var _ = known.release();
      }
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
