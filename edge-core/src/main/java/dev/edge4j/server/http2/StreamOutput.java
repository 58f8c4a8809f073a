package dev.edge4j.server.http2;

import dev.edge4j.http.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A response's body on its way from a virtual thread to the event loop. The head leaves with the first piece or flush, so that what fails before can still be
 * answered otherwise. While the client takes less than is written a write waits; once the stream is gone it throws {@link IOException}. One thread writes.
 */
final class StreamOutput extends OutputStream {
  /** What may lie between the writer and the socket. */
  private static final int MAX_WAITING_BYTES = 64 * 1024;

  private final Runnable wakeLoop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> handed = new ArrayDeque<>();
  private @Nullable String failure;
  private long waiting;
  private boolean awake;
  private boolean begun;
  private boolean ended;
  private boolean sent;
  private Headers behind = Headers.empty();

  /** An output whose pieces the event loop collects after {@code wakeLoop}, which may be called on any thread. */
  StreamOutput(Runnable wakeLoop) {
    this.wakeLoop = wakeLoop;
  }

  /** True once the head has left or is about to. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public void write(int value) throws IOException {
    hand(new byte[]{(byte) value});
  }

  @Override
  public void write(byte[] source, int from, int length) throws IOException {
    if (length > 0) {
      hand(Arrays.copyOfRange(source, from, from + length));
    }
  }

  /** Lets the head leave; pieces leave at once anyway. */
  @Override
  public void flush() throws IOException {
    if (!begun) {
      hand(new byte[0]);
    }
  }

  /** Writes bytes that nobody changes after this. */
  void hand(byte[] chunk) throws IOException {
    lock.lock();
    try {
      awaitUntil(() -> waiting < MAX_WAITING_BYTES);
      check();
      begun = true;
      handed.add(chunk);
      waiting += chunk.length;
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the body, with these fields behind it, and waits until all of it has left. */
  void end(Headers trailers) throws IOException {
    lock.lock();
    try {
      check();
      begun = true;
      ended = true;
      behind = trailers;
      wake();
      awaitUntil(() -> sent);
      if (!sent) {
        throw new IOException(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  private void check() throws IOException {
    if (failure != null) {
      throw new IOException(failure);
    }
    if (ended) {
      throw new IOException("the response has ended");
    }
  }

  private void wake() {
    if (!awake) {
      awake = true;
      wakeLoop.run();
    }
  }

  /** Holds the lock but while it waits; returns at once when the stream is gone. */
  private void awaitUntil(BooleanSupplier condition) throws IOException {
    try {
      while (failure == null && !condition.getAsBoolean()) {
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing", e);
    }
  }

  // ---- on the event loop

  /** Moves what has been written to the queue. */
  void collect(SendQueue queue) {
    lock.lock();
    try {
      awake = false;
      for (byte[] chunk : handed) {
        queue.add(chunk);
      }
      handed.clear();
      if (ended) {
        queue.end(behind);
      }
    } finally {
      lock.unlock();
    }
  }

  /** So many bytes are on their way. */
  void taken(int count) {
    lock.lock();
    try {
      waiting -= count;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The last byte has left. */
  void sent() {
    lock.lock();
    try {
      sent = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** True once nothing more will leave. */
  boolean isCut() {
    lock.lock();
    try {
      return failure != null;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will leave. */
  void fail(String reason) {
    lock.lock();
    try {
      if (failure == null) {
        failure = reason;
      }
      handed.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
