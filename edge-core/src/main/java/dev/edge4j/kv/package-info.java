/**
 * Keys and values with a time to live: the seam that sessions, idempotency and caches stand on, and the store in memory.
 *
 * <p>Start here: {@link dev.edge4j.kv.KvStore}.
 */
@NullMarked
package dev.edge4j.kv;

import org.jspecify.annotations.NullMarked;
