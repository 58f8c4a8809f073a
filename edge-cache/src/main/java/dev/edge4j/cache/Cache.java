package dev.edge4j.cache;

import dev.edge4j.Deadline;
import dev.edge4j.GatewayTimeout;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/**
 * Values in layers: memory (L1), a key-value store (L2, if there is one), a loader behind both. Safe for use by many threads;
 * everything here may block, so never on an event loop.
 *
 * <p><b>Loads.</b> There is one load per key at a time in a process. It runs on a virtual thread of the cache's own, without the
 * caller's scoped values: a caller that is interrupted, or whose time is over, leaves, the load goes on. A load that fails fails for
 * all who wait for it and have no stale value, with the loader's own exception if that is a
 * {@link RuntimeException}, else with a {@link CacheLoadException} around it. A loader that asks the same cache for the same key waits for itself.
 *
 * <p><b>Time.</b> A value is served as it is for {@code freshFor}. Then, within {@code staleWhileRevalidate}, it is served at once
 * while one refresh runs in the background; within {@code staleIfError} it is served if its load fails, or takes longer than the
 * soft timeout; then it is a miss. {@link EntryOptions} has all figures; {@link #with} sets them for single calls.
 *
 * <p><b>Invalidation</b> wins over a load in flight: what was loading when {@link #invalidate}, {@link #invalidateTag} or
 * {@link #clear} was called is not stored, and who asks after the call has returned does not get it. The soft forms
 * ({@link #expire}, {@link #expireTag}, {@link #expireAll}) do the same, but keep what is stored as a stale value for as long as it
 * may still be served stale.
 *
 * <p><b>Several nodes</b> with one store see an invalidated tag, or that everything was invalidated, within a second. An invalidated
 * key is gone from the store at once, but other nodes go by their memory until {@link CacheBuilder#memoryFor} is over. With a
 * {@link CacheBuilder#backplane}, which has a table of all bounds, they know of both as soon as its message arrives.
 *
 * <p><b>Failures of the store</b> never reach a caller: they are counted, logged once a minute, and the memory goes on alone.
 */
public final class Cache<K, V> implements AutoCloseable {
  /** The parts that a cache and all its views share. */
  record Core<K, V>(String name, Hits<K, V> hits, Lookups<K, V> lookups, Upkeep<K, V> upkeep, Tally<K> tally) {}

  private final Core<K, V> core;
  private final Hits<K, V> hits;
  private final Lookups<K, V> lookups;
  private final Upkeep<K, V> upkeep;
  private final EntryOptions options;
  private final Call call;

  Cache(Core<K, V> core, EntryOptions options, Deadline deadline) {
    this.core = core;
    this.hits = core.hits;
    this.lookups = core.lookups;
    this.upkeep = core.upkeep;
    this.options = options;
    this.call = new Call(options, deadline);
  }

  /** Begins a cache; the name tells it from others in the store, in logs and in threads. */
  public static <K, V> CacheBuilder<K, V> named(String name) {
    return new CacheBuilder<>(name);
  }

  /** The same cache with other options for the calls made through it. Cheap; it may be kept. */
  public Cache<K, V> with(UnaryOperator<EntryOptions> change) {
    EntryOptions changed = change.apply(options);
    upkeep.expectLife(changed.lifetime());
    return new Cache<>(core, changed, call.deadline());
  }

  /**
   * The same cache for who waits no longer than this: a call through it that would have to throws {@link GatewayTimeout}, and the
   * load goes on. A stale value that may be served for an error is served instead.
   */
  public Cache<K, V> within(Deadline deadline) {
    return new Cache<>(core, options, deadline);
  }

  /**
   * The value of a key, loaded if need be. Throws {@link NoSuchElementException} while {@link #find} remembers that there is
   * none.
   */
  public V get(K key, Loader<? super K, ? extends V> loader) {
    V hit = hits.get(key);
    return hit != null ? hit : lookup(key, loader).value();
  }

  /** As {@link #get(Object, Loader)}, from a loader that says how its value is kept. */
  public V get(K key, AdaptiveLoader<? super K, V> loader) {
    V hit = hits.get(key);
    return hit != null ? hit : lookup(key, loader).value();
  }

  /** As {@link #get(Object, Loader)}, with how the cache came by the value. */
  public CacheResult<V> lookup(K key, Loader<? super K, ? extends V> loader) {
    return present(key, lookups.resolve(key, Source.of(name(), loader), call));
  }

  /** As {@link #get(Object, AdaptiveLoader)}, with how the cache came by the value. */
  public CacheResult<V> lookup(K key, AdaptiveLoader<? super K, V> loader) {
    return present(key, lookups.resolve(key, Source.adaptive(name(), loader), call));
  }

  /** The value of a key that may have none; that there is none is remembered for {@code negativeFor}. */
  public Optional<V> find(K key, Loader<? super K, Optional<V>> loader) {
    V hit = hits.get(key);
    return hit != null ? Optional.of(hit) : lookups.resolve(key, Source.optional(name(), loader), call).value();
  }

  /** As {@link #find(Object, Loader)}, from a loader that says how its value is kept. */
  public Optional<V> find(K key, AdaptiveLoader<? super K, V> loader) {
    V hit = hits.get(key);
    return hit != null ? Optional.of(hit) : lookups.resolve(key, Source.adaptive(name(), loader), call).value();
  }

  /** As {@link #find(Object, Loader)}, with how the cache came by the answer. */
  public CacheResult<Optional<V>> lookupOptional(K key, Loader<? super K, Optional<V>> loader) {
    return lookups.resolve(key, Source.optional(name(), loader), call);
  }

  /** As {@link #find(Object, AdaptiveLoader)}, with how the cache came by the answer. */
  public CacheResult<Optional<V>> lookupOptional(K key, AdaptiveLoader<? super K, V> loader) {
    return lookups.resolve(key, Source.adaptive(name(), loader), call);
  }

  /**
   * The values of many keys, in the order of the keys, without those that have none. What is missing is asked of the loader in one
   * call, except for keys that are being loaded already; those are waited for.
   */
  public Map<K, V> getAll(Collection<? extends K> keys, BatchLoader<K, V> loader) {
    Map<K, V> values = new LinkedHashMap<>();
    lookups.resolveAll(keys, Source.batch(name(), loader), call)
        .forEach((key, result) -> result.value().ifPresent(value -> values.put(key, value)));
    return values;
  }

  /**
   * The cache-aside pattern in one line: the value of a key, fetched if need be and then fresh for {@code ttl}. It goes to
   * the second layer after the caller has it.
   */
  public V edgeCacheAside(K key, Callable<? extends V> fetch, Duration ttl) {
    V hit = hits.get(key);
    return hit != null ? hit : with(o -> o.withFreshFor(ttl)).get(key, _ -> fetch.call());
  }

  /** What the layers have for a key, fresh or stale, without a load or a refresh; not counted in {@link #stats}. */
  public Optional<CacheResult<V>> peek(K key) {
    return lookups.peek(key);
  }

  /** Stores a value in both layers; what is being loaded for this key is not stored any more. */
  public void put(K key, V value) {
    upkeep.put(key, value, options);
  }

  /** Forgets the value of a key in both layers. */
  public void invalidate(K key) {
    upkeep.invalidate(key);
  }

  /** Makes the value of a key stale in both layers. */
  public void expire(K key) {
    upkeep.expire(key);
  }

  /** Forgets every value with that tag, in one write however many there are. */
  public void invalidateTag(String tag) {
    upkeep.invalidateTag(tag, false);
  }

  /** Makes every value with that tag stale, in one write however many there are. */
  public void expireTag(String tag) {
    upkeep.invalidateTag(tag, true);
  }

  /** Forgets everything, in one write. */
  public void clear() {
    upkeep.clear(false);
  }

  /** Makes everything stale, in one write. */
  public void expireAll() {
    upkeep.clear(true);
  }

  /** What the cache did so far, whatever options it was asked with. */
  public CacheStats stats() {
    return core.tally().snapshot();
  }

  /** About how many entries the memory holds, those included that are over and not yet swept out. */
  public long size() {
    return lookups.size();
  }

  /** What it was named. */
  public String name() {
    return core.name();
  }

  /**
   * Ends what it does by itself: listening to the backplane, reading versions ahead. It may be left out where a cache lives as long
   * as its program; the store and the backplane stay open. For all views of it.
   */
  @Override
  public void close() {
    upkeep.close();
  }

  /** True if no load is under way. */
  boolean isQuiet() {
    return lookups.isQuiet();
  }

  private CacheResult<V> present(K key, CacheResult<Optional<V>> found) {
    return found.withValue(found.value()
        .orElseThrow(() -> new NoSuchElementException("cache " + name() + " knows that there is nothing for key "
            + key)));
  }
}
