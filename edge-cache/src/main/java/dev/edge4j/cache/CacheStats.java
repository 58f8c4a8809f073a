package dev.edge4j.cache;

/**
 * What a cache did since it was built. Every look-up of a key that was answered is one of {@code hitsL1}, {@code hitsL2} and
 * {@code misses}.
 *
 * @param hitsL1 look-ups answered from memory
 * @param hitsL2 look-ups answered from the key-value store
 * @param misses look-ups that waited for the loader, those that failed included
 * @param staleServed look-ups answered with a stale value, whether in the background's time or because a load failed
 * @param coalesced look-ups that waited for a load that another had begun
 * @param timeouts look-ups that left at their hard timeout
 * @param loads keys that a loader was asked for, for misses and for refreshes
 * @param loadFailures those that failed
 * @param refreshes those that ran in the background, nobody having to wait for them
 * @param limited loads that were refused a place at the origin
 * @param evictions values that left the memory to make room
 * @param invalidations calls that invalidated or expired something: a key, a tag, everything
 * @param kvFailures calls of the key-value store that failed, and stored values that could not be read
 */
public record CacheStats(long hitsL1, long hitsL2, long misses, long staleServed, long coalesced, long timeouts,
    long loads, long loadFailures, long refreshes, long limited, long evictions, long invalidations, long kvFailures) {

  /** Share of the look-ups that did not wait for a loader; 1 if there was none yet. */
  public double hitRate() {
    long all = hitsL1 + hitsL2 + misses;
    return all == 0 ? 1 : (double) (hitsL1 + hitsL2) / all;
  }
}
