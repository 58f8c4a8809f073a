package dev.edge4j.server;

import java.time.Duration;
import java.util.Optional;

/**
 * What a server does before it listens, and when it is told to stop.
 *
 * @param readiness is told when the server is ready, and when it begins to stop
 * @param warmUp asked before it listens
 * @param stopDelay how long a stop goes on accepting, once it has said that it is not ready, for load balancers to notice; meanwhile each
 *        answer ends its connection, so that clients leave before anything is closed under them
 */
public record Lifecycle(Optional<Readiness> readiness, WarmUp warmUp, Duration stopDelay) {
  /** None of these. */
  public static Lifecycle defaults() {
    return new Lifecycle(Optional.empty(), WarmUp.none(), Duration.ZERO);
  }

  public Lifecycle withReadiness(Readiness newReadiness) {
    return new Lifecycle(Optional.of(newReadiness), warmUp, stopDelay);
  }

  public Lifecycle withWarmUp(WarmUp newWarmUp) {
    return new Lifecycle(readiness, newWarmUp, stopDelay);
  }

  public Lifecycle withStopDelay(Duration newStopDelay) {
    return new Lifecycle(readiness, warmUp, newStopDelay);
  }
}
