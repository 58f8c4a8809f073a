package dev.edge4j.cache.http;

import java.time.Duration;
import java.util.Map;

/**
 * Times that a policy grants where a response is silent.
 *
 * @param byStatus the freshness of a response that states none, by its status; a status that is not here has none
 * @param whileRevalidate how long past a freshness that is not zero a response that says neither {@code stale-while-revalidate} nor
 *     {@code stale-if-error} nor {@code s-maxage} may be used while it is fetched anew
 * @param ifError the same for when fetching fails
 * @param keep how long past all use a response with a validator is kept, so that it can be validated rather than fetched
 * @param heuristicFraction which part of the time since {@code Last-Modified} counts as fresh where nothing is stated (RFC 9111 section
 *     4.2.2): 0, the default, to 0.1
 * @param heuristicMost the longest freshness that comes of that
 */
public record Lifetimes(Map<Integer, Duration> byStatus, Duration whileRevalidate, Duration ifError, Duration keep,
    double heuristicFraction, Duration heuristicMost) {
  private static final Duration KEPT = Duration.ofMinutes(10);

  static final Lifetimes STATED = new Lifetimes(Map.of(), Duration.ZERO, Duration.ZERO, KEPT, 0, Duration.ZERO);

  /** Copies the map; refuses negative times and a fraction that is more than RFC 9111 suggests. */
  public Lifetimes {
    byStatus = Map.copyOf(byStatus);
    byStatus.forEach((status, time) -> check("freshness of status " + status, time));
    check("staleWhileRevalidate", whileRevalidate);
    check("staleIfError", ifError);
    check("keep", keep);
    check("the longest heuristic freshness", heuristicMost);
    if (!(heuristicFraction >= 0 && heuristicFraction <= 0.1)) {
      throw new IllegalArgumentException("heuristic: " + heuristicFraction
          + " (expected: 0 to 0.1 of the time since the last change, RFC 9111 section 4.2.2)");
    }
  }

  private static void check(String name, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(name + ": " + time + " (expected: no negative time)");
    }
  }
}
