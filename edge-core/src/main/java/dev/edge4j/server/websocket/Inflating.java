package dev.edge4j.server.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses messages (RFC 7692 section 7.2.2), a piece at a time and no more than is asked for, so that a small message cannot become a large
 * one before somebody counts. Its memory is not the heap's and is given back at {@link #close}, or between two messages that do not
 * refer to each other. Safe for use by many threads.
 */
final class Inflating {
  /** What the sender took off the end of the message. */
  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  private final boolean keepsContext;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Inflater inflater;
  private byte[] input = TAIL;
  private boolean last;
  private boolean tail;
  private boolean closed;

  Inflating(boolean keepsContext) {
    this.keepsContext = keepsContext;
  }

  /** Gives it the next bytes; those before are used up. */
  void input(byte[] bytes, boolean lastOfMessage) {
    lock.lock();
    try {
      if (!closed) {
        input = bytes;
        open().setInput(bytes);
        last = lastOfMessage;
        tail = false;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Fills what it can; 0 if it needs more input, or the message is at its end. */
  int output(byte[] target, int from, int length) throws DataFormatException, IOException {
    lock.lock();
    try {
      if (closed) {
        throw new EOFException("the WebSocket is closed");
      }
      Inflater open = open();
      while (true) {
        int count = open.inflate(target, from, length);
        if (count > 0) {
          return count;
        }
        if (open.needsDictionary()) {
          throw new DataFormatException("a dictionary that nobody has");
        }
        if (open.finished()) {
          restart(open);
        } else if (last && !tail) {
          tail = true;
          input = TAIL;
          open.setInput(TAIL);
        } else {
          endMessage();
          return 0;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** A sender may end its stream inside a message and begin another (section 7.2.3.4). */
  private void restart(Inflater open) {
    int left = open.getRemaining();
    open.reset();
    open.setInput(input, input.length - left, left);
  }

  private void endMessage() {
    if (last && tail && !keepsContext) {
      release();
    }
  }

  private Inflater open() {
    Inflater open = inflater;
    if (open == null) {
      open = new Inflater(true);
      inflater = open;
    }
    return open;
  }

  private void release() {
    Inflater open = inflater;
    if (open != null) {
      open.end();
      inflater = null;
    }
  }

  /** Gives the memory back; from then on there is no output. */
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
