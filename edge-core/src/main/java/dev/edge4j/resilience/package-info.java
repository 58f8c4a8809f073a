/**
 * What keeps the failure of one dependency from becoming everybody's: a breaker, a budget for retries, a second call for the late one, a throttle,
 * and limits on what is in flight. Each is small, knows no network and takes its time from its caller, so that the client of an origin, a store and an application
 * may use it alike.
 *
 * <p>Start here: {@link dev.edge4j.resilience.CircuitBreaker}, {@link dev.edge4j.resilience.RetryBudget},
 * {@link dev.edge4j.resilience.Bulkhead}, {@link dev.edge4j.resilience.AdaptiveLimit}.
 */
@NullMarked
package dev.edge4j.resilience;

import org.jspecify.annotations.NullMarked;
