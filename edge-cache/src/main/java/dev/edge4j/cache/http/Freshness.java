package dev.edge4j.cache.http;

import java.time.Duration;

/**
 * How long a response may be used, from the time it was made.
 *
 * @param initialAge its age when it is stored (RFC 9111 section 4.2.3)
 * @param freshFor its freshness lifetime (section 4.2.1)
 * @param whileRevalidate for how long after that it may be used while it is fetched anew (RFC 5861 section 3)
 * @param ifError for how long after its freshness it may be used when fetching fails (RFC 5861 section 4)
 * @param shareable true if it may be stored and used although the request carries {@code Authorization} (RFC 9111 section 3.5)
 */
public record Freshness(Duration initialAge, Duration freshFor, Duration whileRevalidate, Duration ifError,
    boolean shareable) {

  /** How long from now until it is of no use at all; zero if it is of none now. */
  public Duration remaining() {
    Duration longest = whileRevalidate.compareTo(ifError) > 0 ? whileRevalidate : ifError;
    Duration left = freshFor.plus(longest).minus(initialAge);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
