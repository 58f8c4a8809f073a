package dev.edge4j.server.websocket;

import dev.edge4j.WebSocketClosedException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses messages (RFC 7692 section 7.2.1), one at a time. Its memory is not the heap's and is given back at {@link #close}, or after each
 * message if they do not refer to each other. Safe for use by many threads.
 */
final class Deflating {
  /** What a flush leaves at the end, and the receiver adds again. */
  private static final int TAIL_BYTES = 4;
  private static final int SPARE_BYTES = 64;

  private final boolean keepsContext;
  private final Supplier<WebSocketClosedException> whenClosed;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Deflater deflater;
  private byte[] out = new byte[0];
  private int filled;
  private boolean closed;

  /** A part of a compressed message that is ready to be a frame. */
  record Fragment(byte[] bytes, boolean last) {}

  /** How far to go. */
  enum Until {
    /** The input is used up, wherever its bytes are. */
    USED_UP(Deflater.NO_FLUSH),
    /** All of the input can be read by the receiver. */
    FLUSHED(Deflater.SYNC_FLUSH),
    /** The message is over. */
    ENDED(Deflater.SYNC_FLUSH);

    private final int flush;

    Until(int flush) {
      this.flush = flush;
    }
  }

  Deflating(boolean keepsContext, Supplier<WebSocketClosedException> whenClosed) {
    this.keepsContext = keepsContext;
    this.whenClosed = whenClosed;
  }

  /** Begins a message whose fragments have about that size. */
  void begin(int fragmentBytes) {
    lock.lock();
    try {
      out = new byte[fragmentBytes + SPARE_BYTES];
      filled = 0;
    } finally {
      lock.unlock();
    }
  }

  /** Gives it the next bytes of the message; those before are used up. They must not change until {@link #next} has been empty. */
  void input(byte[] bytes, int from, int length) {
    lock.lock();
    try {
      if (!closed) {
        open().setInput(bytes, from, length);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next fragment; empty if there is none yet, or no other one. After the last one the message is over. */
  Optional<Fragment> next(Until until) {
    lock.lock();
    try {
      if (closed) {
        throw whenClosed.get();
      }
      Deflater open = open();
      int count;
      do {
        count = open.deflate(out, filled, out.length - filled, until.flush);
        filled += count;
        if (filled == out.length) { // its last bytes may turn out to be the tail
          return Optional.of(new Fragment(take(filled - TAIL_BYTES), false));
        }
      } while (count > 0);
      return switch (until) {
        case USED_UP -> Optional.empty();
        case FLUSHED -> filled == 0 ? Optional.empty() : Optional.of(new Fragment(take(filled), false));
        case ENDED -> Optional.of(last());
      };
    } finally {
      lock.unlock();
    }
  }

  private byte[] take(int count) {
    byte[] fragment = Arrays.copyOf(out, count);
    filled -= count;
    System.arraycopy(out, count, out, 0, filled);
    return fragment;
  }

  private Fragment last() {
    // Nothing to flush: an empty block in a byte of its own (section 7.2.3.6).
    byte[] fragment = filled < TAIL_BYTES ? new byte[1] : take(filled - TAIL_BYTES);
    if (!keepsContext) {
      release();
    }
    return new Fragment(fragment, true);
  }

  private Deflater open() {
    Deflater open = deflater;
    if (open == null) {
      open = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
      deflater = open;
    }
    return open;
  }

  private void release() {
    Deflater open = deflater;
    if (open != null) {
      open.end();
      deflater = null;
    }
  }

  /** Gives the memory back; from then on {@link #next} throws. */
  void close() {
    lock.lock();
    try {
      closed = true;
      release();
    } finally {
      lock.unlock();
    }
  }
}
