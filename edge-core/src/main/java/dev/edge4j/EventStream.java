package dev.edge4j;

import dev.edge4j.http.ServerSentEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream of server-sent events to one client (WHATWG HTML section 9.2), as {@link Context#sse} opens it. What is sent leaves at once;
 * a send blocks while the client is slower. While nothing is sent, comments keep the connection alive, and find out that a client has
 * vanished. Safe for use by many threads: each event leaves whole.
 *
 * <p>It ends when its source returns, at {@link #close}, when the client leaves, and when the server stops, so that the client comes
 * again elsewhere. From then on every send throws {@link IOException}.
 */
public final class EventStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final byte[] NOTHING = {};
  private static final byte[] HEARTBEAT = ServerSentEvent.comment("");

  /** Sends the events of one client, on the virtual thread of its request. */
  @FunctionalInterface
  public interface Source {
    /** Returns when there will be no more events; what it throws while the stream is open breaks it off. */
    void run(EventStream events) throws Exception;
  }

  private enum State {
    OPEN,
    /** Ended from this side: the body ends as bodies do. */
    CLOSED,
    /** The client has gone. */
    LEFT
  }

  private final OutputStream out;
  private final Optional<String> lastEventId;
  private final TimeSource time;
  private final Duration heartbeat;
  /** Held while an event is written. */
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ReentrantLock listening = new ReentrantLock();
  private List<Runnable> listeners = new ArrayList<>(1);
  private volatile long lastSent;
  private volatile TimeSource.Timer timer = () -> {
    // None yet.
  };

  EventStream(OutputStream out, Optional<String> lastEventId, TimeSource time, Duration heartbeat) {
    this.out = out;
    this.lastEventId = lastEventId;
    this.time = time;
    this.heartbeat = heartbeat;
    this.lastSent = time.nanoTime();
  }

  // ---- sending

  /** Sends an event of data alone. Throws {@link IOException} once the stream has ended. */
  public void send(String data) throws IOException {
    send(ServerSentEvent.of(data));
  }

  /** Sends an event. Throws {@link IOException} once the stream has ended. */
  public void send(ServerSentEvent event) throws IOException {
    write(event.encoded());
  }

  /** Sends what clients read and forget. Throws {@link IOException} once the stream has ended. */
  public void comment(String text) throws IOException {
    write(ServerSentEvent.comment(text));
  }

  // ---- where it stands

  /** The id of the last event that the client has seen, if it has been here before and events have ids: go on behind that one. */
  public Optional<String> lastEventId() {
    return lastEventId;
  }

  /** False once the stream has ended. */
  public boolean isOpen() {
    return state.get() == State.OPEN;
  }

  /** Waits until the stream has ended: for a source whose events other threads send. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /**
   * Runs this once the stream has ended, whatever ended it, on a virtual thread of its own; at once if it has. It is how a source
   * that waits for something else learns of the end: have this wake it.
   */
  public void onEnd(Runnable listener) {
    listening.lock();
    try {
      if (isOpen()) {
        listeners.add(listener);
        return;
      }
    } finally {
      listening.unlock();
    }
    start(List.of(listener));
  }

  /** Ends the stream after the event that is being sent, if any. The client will come again: only 204 keeps one from it. */
  @Override
  public void close() {
    end(State.CLOSED);
  }

  // ---- for the pipeline

  /** The client has gone, and whoever writes is told so by the server. Does not block. */
  void left() {
    end(State.LEFT);
  }

  /**
   * Lets the head leave, runs the source and ends the stream. A stream that was closed has ended well, whatever I/O error its
   * source had of it; with a client that has left every end is an {@link IOException}, which is no error of the application.
   */
  void run(Source source) throws IOException {
    try {
      write(NOTHING); // lets the head leave
      beat();
      source.run(this);
      if (state.get() == State.LEFT) {
        throw new IOException("the source ended after its client");
      }
    } catch (Exception e) {
      if (state.get() == State.LEFT) {
        throw new IOException("the client has left", e);
      }
      if (!(e instanceof IOException && state.get() == State.CLOSED)) {
        throw e instanceof RuntimeException unchecked ? unchecked
            : new IllegalStateException("the source of an event stream failed", e);
      }
      LOG.debug("the source of a closed event stream ended with an error", e);
    } finally {
      writing.lock(); // nobody may still write to the output, or come to, once the body has ended
      try {
        end(State.CLOSED);
      } finally {
        writing.unlock();
      }
    }
  }

  private void write(byte[] bytes) throws IOException {
    writing.lock();
    try {
      if (!isOpen()) {
        throw new IOException(state.get() == State.LEFT ? "the client has left" : "the event stream is closed");
      }
      out.write(bytes);
      out.flush();
      lastSent = time.nanoTime();
    } catch (IOException e) {
      end(State.LEFT); // if it was not closed before
      throw e;
    } finally {
      writing.unlock();
    }
  }

  private void end(State how) {
    List<Runnable> told;
    listening.lock();
    try {
      if (!state.compareAndSet(State.OPEN, how)) {
        return;
      }
      told = listeners;
      listeners = List.of();
    } finally {
      listening.unlock();
    }
    timer.cancel();
    ended.countDown();
    start(told);
  }

  private static void start(List<Runnable> told) {
    for (Runnable listener : told) {
      Thread.ofVirtual().name("edge4j-sse-end").start(() -> {
        try {
          listener.run();
        } catch (RuntimeException e) {
          LOG.error("a listener to the end of an event stream failed", e);
        }
      });
    }
  }

  // ---- heartbeat

  /** Sends a comment if nothing has left for the interval, and looks again when that may be so next. */
  private void beat() {
    if (heartbeat.isZero() || !isOpen()) {
      return;
    }
    Duration idle = Duration.ofNanos(time.nanoTime() - lastSent);
    if (idle.compareTo(heartbeat) < 0) {
      watch(heartbeat.minus(idle));
      return;
    }
    try {
      write(HEARTBEAT);
    } catch (IOException e) {
      LOG.debug("an event stream ended while it was idle", e);
      return;
    }
    watch(heartbeat);
  }

  /** Timers may not block, and a write may: hence the thread, which lives no longer than the comment. */
  private void watch(Duration delay) {
    timer = time.after(delay, () -> Thread.ofVirtual().name("edge4j-sse-heartbeat").start(this::beat));
    if (!isOpen()) {
      timer.cancel();
    }
  }
}
