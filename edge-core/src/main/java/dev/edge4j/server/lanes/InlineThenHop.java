package dev.edge4j.server.lanes;

import dev.edge4j.Pace;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * Begins a virtual thread on the event loop's own stack and resumes it, once it has parked, on the JDK's scheduler. A handler that
 * never parks costs no change of threads; one that parks frees the loop. Routes that hold the loop up are learned, and begin
 * elsewhere from then on ({@link Pace}). For JVMs that open their internals.
 */
final class InlineThenHop implements Scheduler {
  /** For measurements alone. */
  static final String LEARNING = "edge4j.lanes.learning";

  private final ConcurrentMap<EventLoop, Mount> mounts = new ConcurrentHashMap<>();
  private final ClassLoader loader = Threads.currentLoader();
  private final Executor common = Internals.defaultScheduler();
  private final boolean learning = !"off".equals(System.getProperty(LEARNING));
  private final Counters counters;

  InlineThenHop(Counters counters) {
    this.counters = counters;
  }

  @Override
  public <T> void start(EventLoop loop, Pace pace, Work<T> work) {
    var call = new Call<>(loop, work);
    Mount mount = mount(loop);
    boolean ready;
    try {
      Thread thread = Threads.in(loader, Internals.newThread(mount, Threads.NAME, call));
      ready = (pace.beginsOnLoop() && mount.isFree()) ? begin(mount, thread, call, pace)
          : hop(mount, thread, call, pace);
    } catch (Throwable e) { // no memory: who asked is told so
      call.refused(e);
      return;
    }
    if (ready) {
      call.deliver();
    }
  }

  private Mount mount(EventLoop loop) {
    Mount known = mounts.get(loop);
    return known == null ? mounts.computeIfAbsent(loop, each -> new Mount(each, common)) : known;
  }

  /** True if the result is there already. */
  private boolean begin(Mount mount, Thread thread, Call<?> call, Pace pace) {
    counters.add(Counter.STINTS_INLINE);
    long began = System.nanoTime();
    mount.start(thread);
    long nanos = System.nanoTime() - began;
    boolean parked = call.leave();
    if (parked) {
      counters.add(Counter.PARKS_IN_FIRST_STINT);
    }
    if (nanos > Pace.LIMIT_NANOS) {
      counters.add(Counter.STALLS);
    }
    learn(pace, nanos, parked);
    return !parked;
  }

  private boolean hop(Mount mount, Thread thread, Call<?> call, Pace pace) {
    counters.add(Counter.HOPS);
    call.leave();
    boolean measured = learning && pace.learns() && mount.isFree();
    if (measured) {
      mount.start(thread, stint -> common.execute(() -> measure(stint, call, pace)));
    } else {
      thread.start();
    }
    return false;
  }

  /** On a thread of the JDK's scheduler. */
  private void measure(Runnable stint, Call<?> call, Pace pace) {
    long began = System.nanoTime();
    stint.run();
    learn(pace, System.nanoTime() - began, call.isLeft());
  }

  private void learn(Pace pace, long nanos, boolean parked) {
    if (!learning) {
      return;
    }
    switch (pace.stint(nanos, parked)) {
      case NONE -> {
        // As it was.
      }
      case TO_HOP -> counters.add(Counter.ROUTES_SENT_TO_HOP);
      case BACK -> counters.add(Counter.ROUTES_BACK_INLINE);
    }
  }

  /** Whoever yields is resumed, and that is never on the loop. */
  @Override
  @SuppressWarnings("ThreadPriorityCheck") // not a hint to a scheduler
  public void leaveLoop() {
    Thread.yield();
  }

  @Override
  public String toString() {
    return "inline-then-hop";
  }
}
