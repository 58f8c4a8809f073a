package dev.edge4j.examples.shop.chain;

import dev.edge4j.data.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * How long anybody waits for a store that has no time-out of its own. A call that is late goes on by itself, and counts among those that
 * may be under way at once. For a second after it nobody else is made to wait: calls fail at once. Safe for use by many threads.
 */
public final class Patience {
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Duration longest;
  private final Semaphore places;
  private final AtomicLong askAgain = new AtomicLong(System.nanoTime());

  /** Waits so long at most, with at most so many calls under way. */
  public Patience(Duration longest, int most) {
    this.longest = longest;
    this.places = new Semaphore(most);
  }

  /** What the call returns or throws; {@link StoreException} naming {@code what} if it is late. */
  public <T> T with(String what, Supplier<T> call) {
    return with(what, longest, call);
  }

  /** The same for what is left of the time, which some calls share; nothing is called if nothing is left. */
  public <T> T with(String what, Duration left, Supplier<T> call) {
    if (!left.isPositive()) {
      throw late(what + " has taken all of the time before");
    }
    if (System.nanoTime() - askAgain.get() < 0 || !places.tryAcquire()) {
      throw late(what + " owes other answers");
    }
    var answer = new CompletableFuture<T>();
    Thread.ofVirtual().name("patience").start(() -> run(call, answer));
    try {
      return answer.get(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      askAgain.set(System.nanoTime() + PAUSE_NANOS);
      throw late(what + " did not answer within " + left.toMillis() + " ms");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(what + " failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw late("interrupted while " + what + " was asked");
    }
  }

  private <T> void run(Supplier<T> call, CompletableFuture<T> answer) {
    try {
      answer.complete(call.get());
    } catch (Throwable e) { // errors too: they are thrown where the answer is waited for
      answer.completeExceptionally(e);
    } finally {
      places.release();
    }
  }

  private static StoreException late(String message) {
    return new StoreException(StoreException.Reason.BUSY, message);
  }
}
