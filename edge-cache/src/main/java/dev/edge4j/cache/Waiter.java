package dev.edge4j.cache;

import dev.edge4j.GatewayTimeout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One caller who waits for a flight. After its soft timeout it takes a stale value, if there is or comes one; at its hard timeout
 * it leaves with what there is, or with an error.
 */
final class Waiter<V> {
  private final CompletableFuture<Landing<V>> answer = new CompletableFuture<>();
  private final Predicate<Entry<V>> usable;
  private volatile @Nullable Landing<V> cover;
  private volatile boolean impatient;
  private volatile boolean timedOut;

  /** One who takes of stale values what is {@code usable} now. */
  Waiter(Predicate<Entry<V>> usable) {
    this.usable = usable;
  }

  void land(Landing<V> landing) {
    answer.complete(landing);
  }

  void landEarly(Landing<V> stale) {
    if (usable.test(stale.entry())) {
      answer.complete(stale);
    }
  }

  void fail(Throwable cause) {
    answer.completeExceptionally(cause);
  }

  /** A stale value, should it be needed. */
  void offer(Landing<V> stale) {
    cover = stale;
    if (impatient) {
      takeCover();
    }
  }

  void retract() {
    cover = null;
  }

  void softTimeout() {
    impatient = true;
    takeCover();
  }

  void hardTimeout(Supplier<String> complaint) {
    softTimeout();
    if (!answer.isDone()) {
      timedOut = true; // before the answer, which wakes who asks
      answer.completeExceptionally(new GatewayTimeout(complaint.get()));
    }
  }

  private void takeCover() {
    Landing<V> stale = cover;
    if (stale != null) {
      answer.complete(stale); // on the thread of timers, so nothing is asked that might wait
    }
  }

  boolean hasTimedOut() {
    return timedOut;
  }

  boolean isAnswered() {
    return answer.isDone();
  }

  /** The answer; of failures, what is not unchecked is wrapped. */
  Landing<V> await(String cache) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheLoadException("interrupted while waiting for a load of cache " + cache, e);
    } catch (ExecutionException e) {
      throw unchecked(e.getCause() == null ? e : e.getCause(), cache);
    }
  }

  static RuntimeException unchecked(Throwable cause, String cache) {
    return cause instanceof RuntimeException e ? e
        : new CacheLoadException("a load of cache " + cache + " failed", cause);
  }
}
