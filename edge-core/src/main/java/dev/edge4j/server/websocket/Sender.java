package dev.edge4j.server.websocket;

import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Sends messages, one at a time and in fragments where they are large, so that control frames need not wait long. Safe for use by many threads. */
final class Sender {
  static final int FRAGMENT_BYTES = 64 * 1024;
  /** Less than this is hardly worth the work: what it saves does not fill a packet. */
  private static final int MIN_COMPRESSED_BYTES = 512;

  private final FrameWriter frames;
  private final @Nullable Deflating deflating;
  private final Runnable unfinished;
  private final Semaphore turn = new Semaphore(1, true);
  private volatile @Nullable Thread holder;
  private final AtomicBoolean refusing = new AtomicBoolean();

  /**
   * A sender of frames.
   *
   * @param deflating null if there is no compression
   * @param unfinished called when a message was broken off, and nothing can follow it
   */
  Sender(FrameWriter frames, @Nullable Deflating deflating, Runnable unfinished) {
    this.frames = frames;
    this.deflating = deflating;
    this.unfinished = unfinished;
  }

  /** Sends a whole message. */
  void send(int opcode, byte[] bytes) {
    MessageOutput out = open(opcode, bytes.length >= MIN_COMPRESSED_BYTES, Math.min(FRAGMENT_BYTES, bytes.length));
    try {
      out.whole(bytes);
    } finally {
      out.release();
    }
  }

  /** Begins a message that is written piece by piece. */
  OutputStream stream(int opcode) {
    return open(opcode, true, FRAGMENT_BYTES / 4);
  }

  /** Turns away whoever sends from now on, or waits to. */
  void refuse() {
    if (refusing.compareAndSet(false, true)) {
      frames.refuse();
      turn.release(Integer.MAX_VALUE / 2); // one that was never finished holds the turn for ever
    }
  }

  /** Gives memory back that is not the heap's. */
  void close() {
    refuse();
    Deflating used = deflating;
    if (used != null) {
      var _ = Thread.ofVirtual().name("edge4j-websocket").start(used::close); // whoever compresses holds its lock for a while
    }
  }

  private MessageOutput open(int opcode, boolean compressible, int fragmentBytes) {
    if (holder == Thread.currentThread()) {
      throw new IllegalStateException(
          "this thread is still writing a message (expected: that its stream is closed first)");
    }
    turn.acquireUninterruptibly();
    holder = Thread.currentThread();
    return new MessageOutput(frames, compressible ? deflating : null, opcode, fragmentBytes, finished -> {
      holder = null;
      turn.release();
      if (!finished) {
        unfinished.run();
      }
    });
  }
}
