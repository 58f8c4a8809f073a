package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import dev.edge4j.resilience.AdaptiveLimit;
import dev.edge4j.resilience.Priority;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Sheds load: refuses with 503, before a body is read, what would only make all others wait. How much that is an {@link AdaptiveLimit} finds
 * out. {@code Retry-After} is 1 to 3 seconds, by chance, so that the refused do not come back together.
 *
 * <p>A final status of 503 or 504 counts as dropped, any other of 400 and more says nothing, the rest are served. A request counts until the
 * head of its response is decided.
 */
public final class AdaptiveConcurrency implements Gate {
  private static final int LONGEST_RETRY = 3;

  /** Empty again once its end was told: in {@link Some} a gate may be asked twice, one time after the other. */
  private final Key<Optional<AdaptiveLimit.Pass>> pass = Key.named("adaptive-concurrency");
  private final AdaptiveLimit limit;
  private final Function<? super Context, Priority> priority;

  private AdaptiveConcurrency(AdaptiveLimit limit, Function<? super Context, Priority> priority) {
    this.limit = limit;
    this.priority = priority;
  }

  /** By this limit; all requests are {@link Priority#NORMAL}. */
  public static AdaptiveConcurrency by(AdaptiveLimit limit) {
    return new AdaptiveConcurrency(limit, _ -> Priority.NORMAL);
  }

  /** Tells which requests matter more. The function must not block, and not believe what a client says about itself. */
  public AdaptiveConcurrency priority(Function<? super Context, Priority> newPriority) {
    return new AdaptiveConcurrency(limit, newPriority);
  }

  @Override
  public Verdict before(Context c) {
    if (c.isWarmUp() || c.get(pass).orElse(Optional.empty()).isPresent()) {
      return Verdict.pass();
    }
    return limit.tryPass(priority.apply(c)).map(given -> {
      c.set(pass, Optional.of(given));
      return Verdict.pass();
    })
        .orElseGet(() -> Verdict.answer(c.problem(new ServiceUnavailable("too many requests are being served",
            retry()))));
  }

  @Override
  public Response after(Context c, Response response) {
    c.get(pass).orElse(Optional.empty()).ifPresent(given -> {
      c.set(pass, Optional.empty());
      int status = response.status();
      if (status == 503 || status == 504) {
        given.dropped();
      } else if (status >= 400) {
        given.ignored();
      } else {
        given.served();
      }
    });
    return response;
  }

  private static Duration retry() {
    return Duration.ofSeconds(1 + ThreadLocalRandom.current().nextInt(LONGEST_RETRY));
  }
}
