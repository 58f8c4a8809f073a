package dev.edge4j.observe;

import dev.edge4j.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks all checks, one round at a time, and holds on to what it was told. Safe for use by many threads. */
final class HealthRounds {
  private record Round(long began, CompletableFuture<List<HealthCheck.Outcome>> outcomes) {}

  private final List<HealthCheck> checks;
  private final Duration within;
  private final Duration holding;
  private final AtomicReference<@Nullable Round> last = new AtomicReference<>();

  HealthRounds(List<HealthCheck> checks, Duration within, Duration holding) {
    this.checks = checks;
    this.within = within;
    this.holding = holding;
  }

  /** The outcomes of the last round, or of a new one. Waits for a round that runs, which ends in time whatever the checks do. */
  List<HealthCheck.Outcome> outcomes(TimeSource time) {
    while (true) {
      Round known = last.get();
      long now = time.nanoTime();
      if (known != null && (!known.outcomes.isDone() || now - known.began < holding.toNanos())) {
        return known.outcomes.join();
      }
      var next = new Round(now, new CompletableFuture<>());
      if (last.compareAndSet(known, next)) {
        begin(next, time);
        return next.outcomes.join();
      }
    }
  }

  private void begin(Round round, TimeSource time) {
    List<CompletableFuture<HealthCheck.Outcome>> asked = checks.stream().map(check -> check.ask(time, within)).toList();
    var _ = CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenRun(() -> round.outcomes.complete(asked.stream().map(CompletableFuture::join).toList()));
  }
}
