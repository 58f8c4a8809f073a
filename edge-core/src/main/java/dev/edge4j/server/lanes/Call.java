package dev.edge4j.server.lanes;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of the slow lane, and the hand-over of its result. The reference is empty until either the virtual thread has a result or
 * the loop has gone on without one, whichever is first; the other then delivers. So nobody asks whether a thread has ended, which
 * cannot be known: it may have parked and gone on elsewhere.
 */
final class Call<T> extends AtomicReference<@Nullable Object> implements Runnable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Call.class);

  /** The loop has gone on: whoever has the result posts it there. */
  private static final Object LEFT = new Object();
  /** There is a result, and it is as good as delivered. */
  private static final Object OVER = new Object();

  private final transient EventLoop loop;
  private final transient Work<T> work;
  private transient @Nullable T result;

  Call(EventLoop loop, Work<T> work) {
    this.loop = loop;
    this.work = work;
  }

  /** The body of the virtual thread. */
  @Override
  public void run() {
    result = outcome();
    if (!compareAndSet(null, OVER) && compareAndSet(LEFT, OVER)) {
      post();
    }
  }

  /** Always something: who asked has to be answered whatever happens. */
  private T outcome() {
    try {
      return work.run();
    } catch (Throwable e) {
      return work.failed(e);
    }
  }

  private void post() {
    try {
      loop.execute(this::deliver);
    } catch (RejectedExecutionException e) {
      LOG.debug("an event loop shut down before it could take an answer", e);
      work.lost();
    }
  }

  /** The loop does not wait; before the thread starts, or when its first stint is over. False if there is a result already. */
  boolean leave() {
    return compareAndSet(null, LEFT);
  }

  /** True once the loop has gone on and there is no result. */
  boolean isLeft() {
    return get() == LEFT;
  }

  /** The thread could not be started; on the loop. */
  void refused(Throwable cause) {
    if (compareAndSet(null, OVER) || compareAndSet(LEFT, OVER)) {
      result = work.failed(cause);
      deliver();
    }
  }

  /** Hands the result over; on the loop, which has seen that it is there. */
  @SuppressWarnings("NullAway") // the result is there; it may itself be of a type that allows null
  void deliver() {
    work.deliver(result);
  }
}
