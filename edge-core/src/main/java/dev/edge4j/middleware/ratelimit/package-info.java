/**
 * What a rate limit counts by, and where: a policy, the two algorithms, counts in this process, counts kept elsewhere and leased from there. The
 * middleware itself is {@code dev.edge4j.middleware.RateLimit}.
 *
 * <p>Start here: {@link dev.edge4j.middleware.ratelimit.RatePolicy}; {@link dev.edge4j.middleware.ratelimit.RateStore} to keep counts in a
 * store of your own.
 */
@NullMarked
package dev.edge4j.middleware.ratelimit;

import org.jspecify.annotations.NullMarked;
