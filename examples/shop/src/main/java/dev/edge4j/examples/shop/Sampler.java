package dev.edge4j.examples.shop;

import dev.edge4j.examples.shop.ops.Monitor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes the dashboard's sample of each second, on a thread of its own. */
record Sampler(Monitor monitor) {
  /** Begins; closing what is returned ends it. */
  AutoCloseable start() {
    var stop = new CountDownLatch(1);
    Thread sampler = Thread.ofVirtual().name("sampler").start(() -> run(stop));
    return () -> {
      stop.countDown();
      sampler.join();
    };
  }

  private void run(CountDownLatch stop) {
    try {
      while (!stop.await(1, TimeUnit.SECONDS)) {
        monitor.sample();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
