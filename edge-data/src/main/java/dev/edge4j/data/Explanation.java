package dev.edge4j.data;

import dev.edge4j.Place;
import dev.edge4j.resilience.CircuitBreaker;
import java.time.Duration;
import java.util.Optional;

/**
 * Which store would answer a read of a class of data now, and why, as {@link MeshSession#explain} tells it.
 *
 * @param name the class of data
 * @param promise what it promises
 * @param place where it is declared to be
 * @param engine what its store runs on
 * @param by who would be asked; empty if nobody can be
 * @param lag how far behind the replica is, if there is one and it knows
 * @param why why it is not the nearest store, or nobody; empty if it is the nearest
 * @param breaker where the breaker of who would be asked stands; closed if nobody would be
 */
public record Explanation(String name, Promise promise, Place place, String engine, Optional<Served.By> by,
    Optional<Duration> lag, String why, CircuitBreaker.Position breaker) {
  /** One line, {@code catalog: eventual(5s) at edge on sqlite; REPLICA, 1.2s behind}. */
  @Override
  public String toString() {
    return name + ": " + promise + " at " + place + " on " + engine + "; " + by.map(Enum::name).orElse("nobody") + lag
        .map(age -> ", " + Promises.text(age) + " behind")
        .orElse("") + (why.isEmpty() ? "" : ", for " + why) + (breaker == CircuitBreaker.Position.CLOSED ? ""
            : ", breaker " + breaker);
  }
}
