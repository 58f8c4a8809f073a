package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Next;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import dev.edge4j.resilience.Bulkhead;
import dev.edge4j.resilience.Permit;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets only as many requests into some routes at once as their {@linkplain Bulkhead bulkhead} has places; 503 with {@code Retry-After: 1} for
 * the rest. Who may wait for a place does so on a virtual thread; a request that finds a place, or no room to wait, costs none. A place is
 * given back when the response's head is decided: the body of a stream is not counted.
 */
public final class BulkheadLimit implements Gate {
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Empty again once it was given back: in {@link Some} a gate may be asked twice, one time after the other. */
  private final Key<Optional<Permit>> permit = Key.named("bulkhead");
  private final Bulkhead bulkhead;

  private BulkheadLimit(Bulkhead bulkhead) {
    this.bulkhead = bulkhead;
  }

  /** Asks this bulkhead for places. */
  public static BulkheadLimit by(Bulkhead bulkhead) {
    return new BulkheadLimit(bulkhead);
  }

  @Override
  public Verdict before(Context c) {
    if (c.isWarmUp() || isHeld(c)) {
      return Verdict.pass();
    }
    Optional<Permit> free = bulkhead.tryAcquire();
    if (free.isPresent()) {
      c.set(permit, free);
      return Verdict.pass();
    }
    return bulkhead.mayWait() ? Verdict.offload() : Verdict.answer(full(c));
  }

  @Override
  public Response after(Context c, Response response) {
    giveBack(c);
    return response;
  }

  private boolean isHeld(Context c) {
    return c.get(permit).orElse(Optional.empty()).isPresent();
  }

  private void giveBack(Context c) {
    c.get(permit).orElse(Optional.empty()).ifPresent(Permit::close);
    c.set(permit, Optional.empty());
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    if (c.isWarmUp() || isHeld(c)) {
      return next.proceed();
    }
    Optional<Permit> waited = bulkhead.acquire();
    if (waited.isEmpty()) {
      return full(c);
    }
    try {
      c.set(permit, waited);
      return next.proceed();
    } finally {
      giveBack(c);
    }
  }

  private static Response full(Context c) {
    return c.problem(new ServiceUnavailable("too many requests are being served here", RETRY));
  }
}
