/**
 * Keys and values with a time to live: the seam that sessions, idempotency and caches stand on, what a store may do beyond it
 * (versions, compare and set, metadata, pages, watching), and the store in memory.
 *
 * <p>Start here: {@link dev.edge4j.kv.KvStore}, then {@link dev.edge4j.kv.VersionedKv}. {@link dev.edge4j.kv.PubSub} carries messages.
 */
@NullMarked
package dev.edge4j.kv;

import org.jspecify.annotations.NullMarked;
