/**
 * The value cache: memory first, a key-value store behind it, the loader behind both; one load per key at a time, stale values
 * while they refresh or when their load fails, tags that invalidate in one write.
 *
 * <p>Start here: {@link dev.edge4j.cache.Cache}, {@link dev.edge4j.cache.CacheBuilder}, {@link dev.edge4j.cache.EntryOptions}.
 * Inside, a look-up ({@code Lookups}) asks an {@code Entry} what may be done with it ({@code Use}); if that is not enough it waits
 * for the {@code Flight} of the key, which goes its way through {@code Loading}, {@code Leasing} and {@code Origin}; what is stored
 * and forgotten, and in which order, is in {@code Layers}.
 */
@NullMarked
package dev.edge4j.cache;

import org.jspecify.annotations.NullMarked;
