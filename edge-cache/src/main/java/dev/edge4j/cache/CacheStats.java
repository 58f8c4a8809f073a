package dev.edge4j.cache;

/**
 * What a cache did since it was built. Every lookup that was answered is one of {@code hitsL1}, {@code hitsL2} and
 * {@code misses}.
 *
 * @param hitsL1 lookups answered from memory
 * @param hitsL2 lookups answered from the key-value store
 * @param misses lookups that waited for the loader, those that failed included
 * @param loads calls of a loader, for misses and for refreshes
 * @param staleServed hits that were past their freshness lifetime
 * @param loadFailures calls of a loader that threw
 * @param kvFailures calls of the key-value store that threw, and stored values that could not be read
 */
public record CacheStats(long hitsL1, long hitsL2, long misses, long loads, long staleServed, long loadFailures,
    long kvFailures) {}
