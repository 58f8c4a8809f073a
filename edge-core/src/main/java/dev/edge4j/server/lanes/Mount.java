package dev.edge4j.server.lanes;

import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of the virtual threads that one event loop starts: a first stint goes where {@link #start} says, on the loop's own
 * stack say; every other one goes to the JDK's scheduler. To resume on the loop would be a deadlock waiting to happen: a virtual thread
 * in the queue of a lock that the loop wants could never run. Children of such threads inherit this, so it holds nothing of a request.
 */
final class Mount implements Executor {
  private final EventLoop loop;
  private final Executor others;
  private final Executor here = this::runHere;
  /** What to do with the stint that comes next; of the loop's thread alone. */
  private @Nullable Executor first;
  private boolean mounted;

  Mount(EventLoop loop, Executor others) {
    this.loop = loop;
    this.others = others;
  }

  /** Starts a thread made with this as its scheduler, on the loop's stack. */
  void start(Thread thread) {
    start(thread, here);
  }

  /** Starts a thread made with this as its scheduler; on the loop. Its first stint is given to that executor. */
  void start(Thread thread, Executor forFirst) {
    first = forFirst;
    try {
      thread.start();
    } finally {
      first = null;
    }
  }

  /** True if a stint may run on the loop's stack now: on the loop, and not below another one. */
  boolean isFree() {
    return loop.inEventLoop() && !mounted && first == null;
  }

  private void runHere(Runnable stint) {
    mounted = true;
    try {
      stint.run();
    } finally {
      mounted = false;
    }
  }

  @Override
  public void execute(Runnable stint) {
    // Inside a stint the current thread is the virtual one, so what it starts does not come here as on the loop.
    Executor taker = loop.inEventLoop() ? first : null;
    if (taker == null) {
      others.execute(stint);
    } else {
      first = null; // before it runs: when it parks it may come here again at once
      taker.execute(stint);
    }
  }
}
