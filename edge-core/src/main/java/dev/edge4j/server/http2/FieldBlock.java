package dev.edge4j.server.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A field block that comes in more frames than one, bounded in bytes and in frames (CVE-2024-27316). Confined to the event loop. */
final class FieldBlock {
  private static final int MAX_EMPTY = 1;

  private final Frame.Headers head;
  private final int maxBytes;
  private final int maxContinuations;
  private final ByteBuf bytes;
  private int continuations;
  private int empty;

  /** Begins with a frame that does not end it. */
  FieldBlock(Frame.Headers head, int maxBytes, int maxContinuations, ByteBufAllocator allocator) {
    this.head = head;
    this.maxBytes = maxBytes;
    this.maxContinuations = maxContinuations;
    this.bytes = allocator.buffer(2 * head.fragment().readableBytes()).writeBytes(head.fragment());
  }

  Frame.Headers head() {
    return head;
  }

  ByteBuf bytes() {
    return bytes;
  }

  /** Adds what continues it; false if that is too much. */
  boolean add(Frame.Continuation more) {
    int length = more.fragment().readableBytes();
    if (length == 0 && !more.endHeaders()) {
      empty++;
    }
    boolean bounded = ++continuations <= maxContinuations && empty <= MAX_EMPTY
        && bytes.readableBytes() + length <= maxBytes;
    if (bounded) {
      bytes.writeBytes(more.fragment());
    }
    return bounded;
  }

  void release() {
    bytes.release();
  }
}
