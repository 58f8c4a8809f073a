package dev.edge4j.server.lanes;

import io.netty.channel.EventLoop;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Runs what may block. */
interface Scheduler {
  /**
   * Runs the task on a virtual thread of its own; on the loop alone. What it returns is handed to {@code deliver}, on the loop, now or
   * later. The task must not throw.
   */
  <T> void start(EventLoop loop, Callable<T> task, Consumer<? super T> deliver);
}
