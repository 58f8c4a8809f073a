package dev.edge4j.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * One load of one key, shared by everybody who asks for it meanwhile. It may answer with a stale value before it has finished.
 */
final class Flight<V> {
  /**
   * What a flight brought.
   *
   * @param overtaken true if a tag of the entry was invalidated while it was loaded, so that it was not stored
   */
  record Landing<V>(Entry<V> entry, Layer layer, boolean overtaken) {}

  private final CompletableFuture<Landing<V>> landing = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long began;
  private volatile boolean superseded;

  /** A flight that began at that point of {@link TagVersions#sequence}. */
  Flight(long began) {
    this.began = began;
  }

  long began() {
    return began;
  }

  void land(Entry<V> entry, Layer layer, boolean overtaken) {
    landing.complete(new Landing<>(entry, layer, overtaken));
  }

  /** False if it had landed before. */
  boolean fail(Throwable cause) {
    return landing.completeExceptionally(cause);
  }

  boolean hasLanded() {
    return landing.isDone();
  }

  /** It does nothing any more and can no longer be joined. */
  void end() {
    ended.countDown();
  }

  /** What it loads may no longer be stored. */
  void supersede() {
    superseded = true;
  }

  boolean isSuperseded() {
    return superseded;
  }

  /** Waits for the answer. The flight goes on if the caller is interrupted: others may wait for it. */
  Landing<V> await(String cache) {
    try {
      return landing.get();
    } catch (InterruptedException e) {
      throw interrupted(cache, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CacheLoadException("a load of cache " + cache + " failed", e.getCause() == null ? e : e.getCause());
    }
  }

  void awaitEnd(String cache) {
    try {
      ended.await();
    } catch (InterruptedException e) {
      throw interrupted(cache, e);
    }
  }

  private static CacheLoadException interrupted(String cache, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CacheLoadException("interrupted while waiting for a load of cache " + cache, e);
  }
}
