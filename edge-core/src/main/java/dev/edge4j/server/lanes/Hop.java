package dev.edge4j.server.lanes;

import dev.edge4j.Pace;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadFactory;

/** The portable scheduler: a virtual thread of the JDK's own, and a task on the loop for its result. Costs two hand-overs. */
final class Hop implements Scheduler {
  private final ThreadFactory threads = Thread.ofVirtual()
      .name(Threads.NAME)
      .inheritInheritableThreadLocals(false)
      .factory();
  private final ClassLoader loader = Threads.currentLoader();
  private final Counters counters;

  Hop(Counters counters) {
    this.counters = counters;
  }

  @Override
  public <T> void start(EventLoop loop, Pace pace, Work<T> work) {
    counters.add(Counter.HOPS);
    var call = new Call<>(loop, work);
    call.leave();
    try {
      Threads.in(loader, threads.newThread(call)).start();
    } catch (Throwable e) { // no memory: who asked is told so
      call.refused(e);
    }
  }

  @Override
  public void leaveLoop() {
    // It has never been there.
  }

  @Override
  public String toString() {
    return "hop";
  }
}
