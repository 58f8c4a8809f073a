package dev.edge4j.cache.support;

import dev.edge4j.cache.Loader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A loader that a test can slow down and break; its values are numbered. */
public final class TestLoader<K> implements Loader<K, String> {
  public final AtomicInteger loads = new AtomicInteger();
  public volatile boolean broken;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** From now on loads wait until {@link #open}. */
  public void close() {
    gate = new CountDownLatch(1);
  }

  public void open() {
    gate.countDown();
  }

  @Override
  public String load(K key) throws Exception {
    int number = loads.incrementAndGet();
    Waiting.until(gate);
    if (broken) {
      throw new IllegalStateException("load " + number + " of " + key + " failed");
    }
    return key + "#" + number;
  }
}
