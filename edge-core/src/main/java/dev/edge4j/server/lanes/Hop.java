package dev.edge4j.server.lanes;

import io.netty.channel.EventLoop;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A virtual thread on the common scheduler for each task, and a second change of thread for what it returns. */
final class Hop implements Scheduler {
  private static final Logger LOG = LoggerFactory.getLogger(Hop.class);

  @Override
  public <T> void start(EventLoop loop, Callable<T> task, Consumer<? super T> deliver) {
    Thread.ofVirtual().name("edge4j-request").start(() -> {
      try {
        T result = task.call();
        loop.execute(() -> deliver.accept(result));
      } catch (Exception e) {
        LOG.error("a request could not be answered", e);
      }
    });
  }
}
