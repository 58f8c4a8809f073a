package dev.edge4j.server.http1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a client says in another protocol, on its way from the event loop to its reader. The socket is asked for more only when there is nothing left. */
final class TunnelInput extends InputStream {
  private final Runnable askForMore;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<byte[]> pieces = new ArrayDeque<>(2);
  private int offset;
  private boolean ended;
  private boolean broken;

  /** {@code askForMore} is called by the reader, and must hop to the event loop by itself. */
  TunnelInput(Runnable askForMore) {
    this.askForMore = askForMore;
  }

  void feed(byte[] piece) {
    lock.lock();
    try {
      if (piece.length > 0) {
        pieces.add(piece);
        arrived.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The client has closed its half, or all of it. */
  void end(boolean gone) {
    lock.lock();
    try {
      ended = true;
      broken |= gone;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    lock.lock();
    try {
      byte[] piece = count == 0 ? null : await();
      if (piece == null) {
        return count == 0 ? 0 : -1;
      }
      int got = Math.min(count, piece.length - offset);
      System.arraycopy(piece, offset, target, from, got);
      offset += got;
      if (offset == piece.length) {
        pieces.removeFirst();
        offset = 0;
      }
      return got;
    } finally {
      lock.unlock();
    }
  }

  /** Null at the end. Holds the lock but while it waits. */
  private byte @Nullable [] await() throws IOException {
    boolean asked = false;
    while (pieces.isEmpty()) {
      if (broken) {
        throw new EOFException("the client has left");
      }
      if (ended) {
        return null;
      }
      if (!asked) {
        asked = true;
        askForMore.run();
      }
      try {
        arrived.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while reading from the client");
      }
      asked = false;
    }
    return pieces.getFirst();
  }
}
