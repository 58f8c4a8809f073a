package dev.edge4j.cache.http;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a response may be used, from the time it was made: the facts that its directives come to, read once.
 *
 * @param receivedAt when it was received
 * @param initialAge its age then (RFC 9111 section 4.2.3)
 * @param freshFor its freshness lifetime (section 4.2.1)
 * @param whileRevalidate for how long after that it may be used while it is fetched anew (RFC 5861 section 3)
 * @param ifError for how long after its freshness it may be used when fetching fails (RFC 5861 section 4)
 * @param keep for how long after its freshness it is kept to be validated
 * @param validated true if it may not be used without validation ({@code no-cache}, section 5.2.2.4)
 * @param strict true if it may never be used stale, whatever a request or a policy says ({@code must-revalidate} and its like)
 * @param shareable true if it may be stored and used although the request carries {@code Authorization} (section 3.5)
 */
public record Freshness(Instant receivedAt, Duration initialAge, Duration freshFor, Duration whileRevalidate,
    Duration ifError, Duration keep, boolean validated, boolean strict, boolean shareable) {

  /** How long from its receipt until it is of no use at all; zero if it is of none then. */
  public Duration remaining() {
    Duration longest = longer(longer(whileRevalidate, ifError), keep);
    Duration left = freshFor.plus(longest).minus(initialAge);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
