package dev.edge4j.cache.response;

import dev.edge4j.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One client's wish for the answer to a fetch, given up once. Safe for use by many threads. */
final class Interest {
  /** Where there is no deadline: the fetch has one of its own. */
  private static final Duration LONG = Duration.ofDays(1);

  private final Fetch fetch;
  private final AtomicBoolean left = new AtomicBoolean();
  private final CompletableFuture<Outcome> mine = new CompletableFuture<>();
  private final CompletableFuture<Optional<Variant>> body = new CompletableFuture<>();

  Interest(Fetch fetch) {
    this.fetch = fetch;
    var _ = fetch.outcome().whenComplete((outcome, _) -> mine.complete(outcome));
    var _ = fetch.landed().whenComplete((variant, _) -> body.complete(variant));
  }

  /** Gives it up. */
  void leave() {
    if (left.compareAndSet(false, true)) {
      mine.complete(new Outcome.Left());
      body.complete(Optional.empty());
      fetch.leave();
    }
  }

  /** What comes of it; {@link Outcome.Left} once the deadline is over or the client has left. */
  Outcome await(Context c) throws InterruptedException {
    return await(c, mine, new Outcome.Left());
  }

  /** What becomes of a body that arrives; empty also once the deadline is over. */
  Optional<Variant> awaitBody(Context c) throws InterruptedException {
    try {
      return await(c, body, Optional.empty());
    } finally {
      leave();
    }
  }

  private static <T> T await(Context c, CompletableFuture<T> future, T late) throws InterruptedException {
    try {
      return future.get(c.deadline().atMost(LONG).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return late;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody settles it so", e);
    }
  }
}
