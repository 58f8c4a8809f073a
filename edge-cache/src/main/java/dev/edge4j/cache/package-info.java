/**
 * The value cache: memory first, a key-value store behind it, the loader behind both; one load per key at a time, stale values
 * while they refresh, tags that invalidate in one write. And the cache of HTTP responses, a gate in front of an application.
 *
 * <p>Start here: {@link dev.edge4j.cache.Cache}, {@link dev.edge4j.cache.CacheBuilder},
 * {@link dev.edge4j.cache.ResponseCache}.
 */
@NullMarked
package dev.edge4j.cache;

import org.jspecify.annotations.NullMarked;
