package dev.edge4j.server.websocket;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Data on its way from the event loop to whoever receives. The socket is read ahead by a bounded amount, so that pings and closes are seen
 * while nobody receives; past it the client has to wait. How the peer ended waits its turn behind the data: what came before is answered first.
 */
final class Inbound {
  private static final int READ_AHEAD_BYTES = 64 * 1024;
  /** What a piece costs beside its bytes: a client may send a great many tiny ones. */
  private static final int PIECE_OVERHEAD_BYTES = 64;

  private final Runnable wantMore;
  private final Consumer<Piece.Last> onLast;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Piece.Data> pieces = new ArrayDeque<>();
  private long held;
  private boolean full;
  private boolean busy;
  private Piece.@Nullable Last last;
  private boolean ended;

  /**
   * An empty one.
   *
   * @param wantMore called by the receiver when there is room again
   * @param onLast called by the receiver when it comes to the end that the peer made
   */
  Inbound(Runnable wantMore, Consumer<Piece.Last> onLast) {
    this.wantMore = wantMore;
    this.onLast = onLast;
  }

  /** Takes a piece; on the event loop. */
  void add(Piece.Data piece) {
    lock.lock();
    try {
      if (!ended && last == null) {
        pieces.add(piece);
        held += piece.bytes().length + PIECE_OVERHEAD_BYTES;
        arrived.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** True if the socket should be read on; if not, {@code wantMore} will be called. */
  boolean hasRoom() {
    lock.lock();
    try {
      full = !ended && held >= READ_AHEAD_BYTES;
      return !full;
    } finally {
      lock.unlock();
    }
  }

  /** The peer has ended. False if somebody still has data before that to deal with, and will come to it. */
  boolean end(Piece.Last by) {
    lock.lock();
    try {
      if (last == null) {
        last = by;
      }
      arrived.signalAll();
      return ended || (pieces.isEmpty() && !busy);
    } finally {
      lock.unlock();
    }
  }

  /** How the peer ended, if it has. */
  Optional<Piece.Last> last() {
    lock.lock();
    try {
      return Optional.ofNullable(last);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Nothing more comes.
   *
   * @param drop whether what is here is thrown away
   */
  void close(boolean drop) {
    lock.lock();
    try {
      ended = true;
      if (drop) {
        pieces.clear();
        held = 0;
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a piece; empty at the end. */
  Optional<Piece.Data> take() {
    Piece.Last reached;
    boolean hasRoomAgain = false;
    lock.lock();
    try {
      busy = false;
      while (pieces.isEmpty() && last == null && !ended) {
        arrived.await();
      }
      Piece.Data piece = pieces.poll();
      if (piece != null) {
        busy = true;
        held -= piece.bytes().length + PIECE_OVERHEAD_BYTES;
        hasRoomAgain = full && held < READ_AHEAD_BYTES;
        full &= !hasRoomAgain;
        return Optional.of(piece);
      }
      reached = last;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted while receiving"));
    } finally {
      lock.unlock();
      if (hasRoomAgain) {
        wantMore.run();
      }
    }
    if (reached != null) {
      onLast.accept(reached);
    }
    return Optional.empty();
  }
}
