package dev.edge4j.server.lanes;

import dev.edge4j.http.BodyTooLargeException;
import dev.edge4j.http.Headers;
import dev.edge4j.http.RequestBody;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way from the event loop to the reader. A chunk is asked of the socket only when the reader has none
 * left, which is the backpressure. One thread reads; the event loop feeds.
 */
public final class BodyPipe extends InputStream implements RequestBody {
  private static final int SMALL_BYTES = 1024;

  private final long limit;
  private final long timeoutNanos;
  private final Counters counters;
  private final BooleanSupplier onLoop;
  private final Consumer<? super BodyPipe> askForMore;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<byte[]> chunks = new ArrayDeque<>(2);
  private @Nullable IOException failure;
  private Headers trailers = Headers.empty();
  private boolean complete;
  private long received;
  private int offset;
  private int held;

  /**
   * A body of unknown or known length.
   *
   * @param declared the length the client declared, or -1; over the limit, the first read fails without waiting
   * @param onLoop true on the event loop, which must not wait for itself
   * @param askForMore called by the reader when it has nothing left; must hop to the event loop by itself
   */
  public BodyPipe(long declared, Limits limits, Counters counters, BooleanSupplier onLoop,
      Consumer<? super BodyPipe> askForMore) {
    this.limit = limits.requests().maxBodyBytes();
    this.timeoutNanos = limits.timeouts().body().toNanos();
    this.counters = counters;
    this.onLoop = onLoop;
    this.askForMore = askForMore;
    if (declared > limit) {
      failure = tooLarge();
    }
  }

  private BodyTooLargeException tooLarge() {
    counters.add(Counter.BODIES_TOO_LARGE);
    return new BodyTooLargeException(limit);
  }

  @Override
  public InputStream stream() {
    return this;
  }

  @Override
  public boolean isReady(int bytes) {
    lock.lock();
    try {
      return failure != null || complete || held >= bytes;
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes wait for the reader. */
  public int held() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Headers trailers() {
    lock.lock();
    try {
      return chunks.isEmpty() && failure == null ? trailers : Headers.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the next bytes; on the event loop. */
  public void feed(byte[] chunk, boolean last) {
    feed(chunk, last, Headers.empty());
  }

  /** Takes the next bytes and, with the last of them, the fields behind; on the event loop. */
  public void feed(byte[] chunk, boolean last, Headers fieldsBehind) {
    lock.lock();
    try {
      trailers = fieldsBehind;
      received += chunk.length;
      if (received > limit && failure == null) {
        failure = tooLarge();
        chunks.clear();
        held = 0;
      }
      if (chunk.length > 0 && failure == null) {
        add(chunk);
      }
      complete |= last;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Small pieces are put together, or a body that comes byte by byte would take many times its length in memory. */
  private void add(byte[] chunk) {
    held += chunk.length;
    byte[] last = chunks.peekLast();
    if (last == null || last.length + chunk.length > SMALL_BYTES) {
      chunks.add(chunk);
      return;
    }
    byte[] both = Arrays.copyOf(last, last.length + chunk.length);
    System.arraycopy(chunk, 0, both, last.length, chunk.length);
    chunks.removeLast();
    chunks.addLast(both);
  }

  /** No more bytes will come, for a reason of the connection; on the event loop. Nothing happens once all have come, as mostly. */
  public void breakOff(String reason) {
    if (!isComplete()) { // an exception that nobody sees would cost more than the rest of an answer
      fail(new EOFException(reason));
    }
  }

  private boolean isComplete() {
    lock.lock();
    try {
      return complete;
    } finally {
      lock.unlock();
    }
  }

  /** No more bytes will come; on the event loop. */
  public void fail(IOException cause) {
    lock.lock();
    try {
      if (failure == null && !complete) {
        failure = cause;
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      if (!awaitChunk()) {
        return -1;
      }
      byte[] chunk = chunks.getFirst();
      int count = Math.min(length, chunk.length - offset);
      System.arraycopy(chunk, offset, target, from, count);
      offset += count;
      held -= count;
      if (offset == chunk.length) {
        chunks.removeFirst();
        offset = 0;
      }
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Hands a body over that came in one piece as it is, and copies others once. */
  @Override
  public byte[] readAllBytes() throws IOException {
    var pieces = new ArrayList<byte[]>(1);
    int length = 0;
    lock.lock();
    try {
      while (awaitChunk()) {
        byte[] piece = takeChunk();
        length = Math.addExact(length, piece.length);
        pieces.add(piece);
      }
    } finally {
      lock.unlock();
    }
    return pieces.size() == 1 ? pieces.getFirst() : joined(pieces, length);
  }

  private byte[] takeChunk() {
    byte[] chunk = chunks.removeFirst();
    byte[] rest = offset == 0 ? chunk : Arrays.copyOfRange(chunk, offset, chunk.length);
    offset = 0;
    held -= rest.length;
    return rest;
  }

  private static byte[] joined(List<byte[]> pieces, int length) {
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, whole, at, piece.length);
      at += piece.length;
    }
    return whole;
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return chunks.isEmpty() ? 0 : chunks.getFirst().length - offset;
    } finally {
      lock.unlock();
    }
  }

  /** True once there is a chunk, false at the end of the body. Holds the lock but while it waits. */
  private boolean awaitChunk() throws IOException {
    long left = timeoutNanos;
    boolean asked = false;
    while (chunks.isEmpty()) {
      if (failure != null) {
        throw failure;
      }
      if (complete) {
        return false;
      }
      if (onLoop.getAsBoolean()) {
        throw new IllegalStateException("the body is waited for on the event loop, which brings it"
            + " (expected: a middleware, a handler that is not inline, or a gate with a bodyPrefix)");
      }
      if (!asked) {
        asked = true;
        askForMore.accept(this);
      }
      long before = received;
      try {
        left = arrived.awaitNanos(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while reading the body");
      }
      if (received != before) {
        asked = false;
        left = timeoutNanos;
      } else if (left <= 0) {
        counters.add(Counter.BODIES_TIMED_OUT);
        throw new SocketTimeoutException("no byte of the body for " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos)
            + " ms");
      }
    }
    return true;
  }
}
