/**
 * Requests that may be sent twice and are done once: a client that heard no answer asks again with the same {@code Idempotency-Key} and gets
 * the answer of the first time.
 *
 * <p>Start here: {@link dev.edge4j.middleware.idempotency.Idempotency}.
 */
@NullMarked
package dev.edge4j.middleware.idempotency;

import org.jspecify.annotations.NullMarked;
