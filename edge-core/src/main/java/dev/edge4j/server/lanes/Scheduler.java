package dev.edge4j.server.lanes;

import dev.edge4j.Pace;
import io.netty.channel.EventLoop;

/** Runs the slow lane of requests, each on a virtual thread of its own. */
interface Scheduler {
  /**
   * Runs work on a virtual thread and delivers its result on the loop; on the loop. The result may be there before this returns.
   *
   * @param pace what is known of the route
   */
  <T> void start(EventLoop loop, Pace pace, Work<T> work);

  /**
   * From inside work that runs: makes sure that it does not hold the event loop. Whoever writes a body has to, or the loop could not send
   * any of it, and all of it would pile up.
   */
  void leaveLoop();
}
