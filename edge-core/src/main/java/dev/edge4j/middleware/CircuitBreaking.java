package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import dev.edge4j.resilience.CircuitBreaker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Answers 503 with {@code Retry-After} for routes that fail, as long as their {@linkplain CircuitBreaker breaker} is open. What counts is
 * the final response, so an exception counts as the error page it becomes: by default each status of 500 and more is a failure. A call
 * lasts until the response's head is decided.
 */
public final class CircuitBreaking implements Gate {
  /** Empty again once its end was told: in {@link Some} a gate may be asked twice, one time after the other. */
  private final Key<Optional<CircuitBreaker.Pass>> pass = Key.named("circuit-breaking");
  private final CircuitBreaker breaker;
  private final Predicate<? super Response> failure;

  private CircuitBreaking(CircuitBreaker breaker, Predicate<? super Response> failure) {
    this.breaker = breaker;
    this.failure = failure;
  }

  /** Asks this breaker; others, the client of an origin say, may ask it too. */
  public static CircuitBreaking by(CircuitBreaker breaker) {
    return new CircuitBreaking(breaker, response -> response.status() >= 500);
  }

  /** Counts those responses as failures, and no others. The predicate must not block. */
  public CircuitBreaking failure(Predicate<? super Response> newFailure) {
    return new CircuitBreaking(breaker, newFailure);
  }

  @Override
  public Verdict before(Context c) {
    if (c.isWarmUp() || c.get(pass).orElse(Optional.empty()).isPresent()) {
      return Verdict.pass();
    }
    return breaker.tryPass().map(given -> {
      c.set(pass, Optional.of(given));
      return Verdict.pass();
    })
        .orElseGet(() -> Verdict.answer(c.problem(new ServiceUnavailable("what serves this has failed too often",
            retryAfter()))));
  }

  /** While probes are under way there is no time to tell, but "at once" would bring everybody back at once. */
  private Duration retryAfter() {
    Duration known = breaker.retryAfter();
    return known.isPositive() ? known : Duration.ofSeconds(1);
  }

  @Override
  public Response after(Context c, Response response) {
    c.get(pass).orElse(Optional.empty()).ifPresent(given -> {
      c.set(pass, Optional.empty());
      if (failure.test(response)) {
        given.failed();
      } else {
        given.succeeded();
      }
    });
    return response;
  }
}
