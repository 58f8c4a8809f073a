package dev.edge4j.server.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/** What the socket has brought: the preface, then frames. Confined to the event loop. */
final class Reception {
  private final FrameReader reader = new FrameReader(Setting.DEFAULT_FRAME_BYTES);
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
  private boolean prefaced;

  /** Takes over the bytes. */
  void add(ByteBufAllocator allocator, ByteBuf more) {
    if (bytes.isReadable()) {
      bytes = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, bytes, more);
    } else {
      var _ = bytes.release();
      bytes = more;
    }
  }

  /** The next frame, or piece of one; null until more has arrived. What a frame borrows is valid until the next call. */
  @Nullable
  Frame next() throws ConnectionException {
    return prefaced || takePreface() ? reader.next(bytes) : null;
  }

  private boolean takePreface() throws ConnectionException {
    Preface.Match match = Preface.match(bytes);
    if (match == Preface.Match.OTHER) {
      throw new ConnectionException(ErrorCode.PROTOCOL_ERROR, "no preface (RFC 9113 section 3.4)");
    }
    prefaced = match == Preface.Match.WHOLE;
    if (prefaced) {
      bytes.skipBytes(Preface.LENGTH);
    }
    return prefaced;
  }

  /** True if part of a frame is here that is no DATA, or of a field block. */
  boolean isInsideFrame() {
    return reader.isInBlock() || (bytes.isReadable() && !reader.isInData());
  }

  /** Gives back memory that holds nothing any more. */
  void trim() {
    if (!bytes.isReadable()) {
      clear();
    }
  }

  void clear() {
    var _ = bytes.release();
    bytes = Unpooled.EMPTY_BUFFER;
  }
}
