package dev.edge4j.cache.response;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A body while it arrives: appended to by one thread, read by many, each at its own pace and from its beginning. One buffer for all of them.
 *
 * <p>Up to its limit all of it is held, and the origin is read as fast as it sends. Beyond, it cannot be stored and nobody may begin to read it; it becomes a
 * window as long as the limit, and the origin is held back by the slowest reader. One that keeps the others waiting for longer than its patience is cut off,
 * in a way that it cannot take for the end.
 */
final class Filling {
  private enum State {
    ARRIVING, WHOLE, BROKEN
  }

  /** What a piece takes beside its bytes, so that single bytes cannot hide what they cost. */
  private static final int OVERHEAD = 32;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int limit;
  private final Budget budget;
  private final Duration patience;
  private final Runnable onOverflow;
  private final List<byte[]> pieces = new ArrayList<>();
  private final Set<Reader> readers = new HashSet<>();
  /** Written under the lock; read without it by who may hold another, see {@link #isBroken}. */
  private volatile State state = State.ARRIVING;
  private boolean storable = true;
  private boolean stopped;
  private long dropped;
  private long length;
  private long held;

  /**
   * An empty one.
   *
   * @param limit how many bytes are held at most
   * @param onOverflow run once, when it turns out not to be storable
   */
  Filling(int limit, Budget budget, Duration patience, Runnable onOverflow) {
    this.limit = limit;
    this.budget = budget;
    this.patience = patience;
    this.onOverflow = onOverflow;
  }

  /** One client's way through the body; confined to a thread but for {@link #leave}. */
  final class Reader {
    private long next;
    private boolean cut;
    private boolean left;

    /** Copies the body while it arrives; {@link IOException} if it breaks off, or this reader is too slow. */
    void writeTo(OutputStream out) throws IOException {
      try {
        out.flush(); // the head need not wait for the first piece
        for (Optional<byte[]> piece = next(); piece.isPresent(); piece = next()) {
          out.write(piece.get());
          if (passed()) {
            out.flush();
          }
        }
      } finally {
        leave();
      }
    }

    /** Wants no more. */
    void leave() {
      lock.lock();
      try {
        left = true;
        readers.remove(this);
        trim();
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    private Optional<byte[]> next() throws IOException {
      lock.lock();
      try {
        while (true) {
          if (cut) {
            throw new IOException("too slow for a body that others wait for");
          }
          if (left) {
            throw new IOException("the client has left");
          }
          if (next < dropped + pieces.size()) {
            return Optional.of(pieces.get((int) (next - dropped)));
          }
          if (state == State.WHOLE) {
            return Optional.empty();
          }
          if (state == State.BROKEN) {
            throw new IOException("the body broke off");
          }
          changed.await();
        }
      } catch (InterruptedException e) {
        throw new InterruptedIOException("interrupted while a body arrived");
      } finally {
        lock.unlock();
      }
    }

    /** A piece was written; true if there is no other yet. */
    private boolean passed() {
      lock.lock();
      try {
        next++;
        trim();
        return next == dropped + pieces.size();
      } finally {
        lock.unlock();
      }
    }
  }

  /** A reader from the beginning; empty once that cannot be had any more. */
  Optional<Reader> open() {
    lock.lock();
    try {
      if (!storable || state == State.BROKEN) {
        return Optional.empty();
      }
      var reader = new Reader();
      readers.add(reader);
      return Optional.of(reader);
    } finally {
      lock.unlock();
    }
  }

  /** More of it, which is this object's from now on. Waits for readers once it is over its limit; {@link IOException} if nobody wants it. */
  void append(byte[] piece) throws IOException {
    if (overflows(piece)) {
      onOverflow.run(); // not under the lock: it takes others
    }
    add(piece);
  }

  private boolean overflows(byte[] piece) {
    lock.lock();
    try {
      if (storable && (length + piece.length > limit || !budget.tryTake(piece.length + OVERHEAD))) {
        giveBack();
        storable = false;
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void add(byte[] piece) throws IOException {
    lock.lock();
    try {
      pieces.add(piece);
      held += piece.length + OVERHEAD;
      length += piece.length;
      changed.signalAll();
      if (!storable) {
        trim();
        makeRoom();
      }
      if (stopped) {
        throw new IOException("nobody waits for this body any more");
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while a body arrived");
    } finally {
      lock.unlock();
    }
  }

  /** Nobody wants it any more: the next {@link #append} fails. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** It is whole. The bytes, if they can be stored. */
  Optional<byte[]> end() {
    lock.lock();
    try {
      state = State.WHOLE;
      changed.signalAll();
      giveBack();
      return storable ? Optional.of(joined()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** It broke off, for readers too. */
  void breakOff() {
    lock.lock();
    try {
      if (state == State.ARRIVING) {
        state = State.BROKEN;
        giveBack();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** True once it broke off. */
  boolean isBroken() {
    return state == State.BROKEN;
  }

  private void giveBack() {
    if (storable) {
      budget.giveBack(held);
    }
  }

  private byte[] joined() {
    var whole = new byte[(int) length];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, whole, at, piece.length);
      at += piece.length;
    }
    return whole;
  }

  /** Forgets what all readers have passed, unless it is to be stored. */
  private void trim() {
    if (storable) {
      return;
    }
    long slowest = dropped + pieces.size();
    for (Reader reader : readers) {
      slowest = Math.min(slowest, reader.next);
    }
    List<byte[]> passed = pieces.subList(0, (int) (slowest - dropped));
    if (!passed.isEmpty()) {
      for (byte[] piece : passed) {
        held -= piece.length + OVERHEAD;
      }
      passed.clear();
      dropped = slowest;
      changed.signalAll();
    }
  }

  private void makeRoom() throws InterruptedException {
    while (held > limit && !stopped) {
      long before = dropped;
      if (!changed.await(patience.toNanos(), TimeUnit.NANOSECONDS) && dropped == before) {
        cutSlowest();
      }
    }
  }

  private void cutSlowest() {
    List<Reader> slow = new ArrayList<>(readers);
    slow.sort(Comparator.comparingLong(reader -> reader.next));
    long last = slow.isEmpty() ? 0 : slow.getFirst().next;
    for (Reader reader : slow) {
      if (reader.next == last) {
        reader.cut = true;
        readers.remove(reader);
      }
    }
    changed.signalAll();
    trim();
  }
}
