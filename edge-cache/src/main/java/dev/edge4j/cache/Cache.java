package dev.edge4j.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.edge4j.cache.Flight.Landing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Values in layers: memory (L1), a key-value store (L2, if there is one), a loader behind both. Safe for use by many threads;
 * everything here may block, so never on an event loop.
 *
 * <p><b>Loads.</b> There is one load per key at a time in a process. It runs on a virtual thread of the cache's own, without the
 * caller's scoped values: a caller that is interrupted leaves, the load goes on. A load that fails fails for all who wait for it,
 * with the loader's own exception if that is unchecked, else with a {@link CacheLoadException} around it; nothing is stored.
 * A loader that asks the same cache for the same key waits for itself.
 *
 * <p><b>Time.</b> A value is served as it is for {@code freshFor}; then, for {@code staleFor}, it is served at once while one
 * refresh runs in the background, whether those succeed or fail; then it is a miss. After a refresh that failed the next one
 * waits {@link #REFRESH_PAUSE}.
 *
 * <p><b>Invalidation</b> wins over a load in flight: what was loading when {@link #invalidate} or {@link #invalidateTag} was
 * called is not stored, and who asks after the call has returned does not get it. Over several nodes with one store: an
 * invalidated tag is seen within a second; an invalidated key is gone from the store, but other nodes keep it in memory while it
 * is fresh, and a load in flight there may store it again.
 *
 * <p><b>Failures of the store</b> never reach a caller: they are counted, logged once a minute, and the memory goes on alone.
 */
public final class Cache<K, V> {
  /** The least time from a refresh that failed to the next. */
  public static final Duration REFRESH_PAUSE = Duration.ofSeconds(5);

  private final String name;
  private final Duration freshFor;
  private final Duration staleFor;
  private final Duration negativeFor;
  private final Function<? super V, ? extends Collection<String>> tagsOf;
  private final InstantSource clock;
  private final Counters counters = new Counters();
  private final Complaints complaints;
  private final TagVersions tags;
  private final ConcurrentMap<K, Entry<V>> memory;
  private final Optional<SecondLayer<K, V>> shared;
  private final ConcurrentMap<K, Flight<V>> flights = new ConcurrentHashMap<>();

  Cache(CacheBuilder<K, V> builder) {
    this.name = builder.name;
    this.freshFor = builder.freshFor;
    this.staleFor = builder.staleFor;
    this.negativeFor = builder.negativeFor;
    this.tagsOf = builder.tags.orElse(_ -> List.of());
    this.clock = builder.clock;
    this.complaints = new Complaints(clock);
    Optional<QuietKv> kv = builder.shared
        .map(asked -> new QuietKv(asked.kv(), "cache:" + name + ":", counters, complaints));
    this.tags = new TagVersions(builder.tags.isPresent() ? kv : Optional.empty(), clock);
    tags.expectLife(freshFor.plus(staleFor));
    tags.expectLife(negativeFor);
    this.shared = builder.shared
        .map(asked -> new SecondLayer<>(kv.orElseThrow(), new EntryCodec<>(builder.json, asked.type()), clock));
    this.memory = Caffeine.newBuilder()
        .maximumSize(builder.entries)
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        .expireAfter(
            Expiry.<K, Entry<V>>writing((_, entry) -> Duration.ofMillis(entry.staleUntil() - clock.millis())))
        .<K, Entry<V>>build()
        .asMap();
  }

  /** Begins a cache; the name tells it from others in the store, in logs and in threads. */
  public static <K, V> CacheBuilder<K, V> named(String name) {
    return new CacheBuilder<>(name);
  }

  /**
   * The value of a key, loaded if need be. Throws {@link NoSuchElementException} while {@link #find} remembers that there is
   * none.
   */
  public V get(K key, Loader<? super K, ? extends V> loader) {
    return lookup(key, loader).value();
  }

  /** As {@link #get(Object, Loader)}; if it comes to a load, the value is fresh for {@code freshFor} instead. */
  public V get(K key, Loader<? super K, ? extends V> loader, Duration freshFor) {
    if (!freshFor.isPositive()) {
      throw new IllegalArgumentException("freshFor: " + freshFor + " (expected: a positive duration)");
    }
    Duration life = freshFor.plus(staleFor);
    CacheBuilder.checkLifetime(life);
    tags.expectLife(life);
    return present(key, resolve(key, required(loader), freshFor)).value();
  }

  /** As {@link #get(Object, Loader)}, with how the cache came by the value. */
  public CacheResult<V> lookup(K key, Loader<? super K, ? extends V> loader) {
    return present(key, resolve(key, required(loader), freshFor));
  }

  /** The value of a key that may have none; that there is none is remembered for {@code negativeFor}. */
  public Optional<V> find(K key, Loader<? super K, Optional<V>> loader) {
    return resolve(key, loader, freshFor).value();
  }

  /** Forgets the value of a key in both layers. */
  public void invalidate(K key) {
    forget(key);
    shared.ifPresent(layer -> {
      layer.delete(key);
      forget(key); // what read the second layer before the delete
    });
  }

  /** Forgets every value with that tag, in one write however many there are. */
  public void invalidateTag(String tag) {
    tags.renew(tag);
  }

  /** What the cache did so far. */
  public CacheStats stats() {
    return counters.snapshot();
  }

  private Loader<K, Optional<V>> required(Loader<? super K, ? extends V> loader) {
    return key -> {
      V value = loader.load(key);
      if (value == null) {
        throw new NullPointerException("the loader of cache " + name + " returned null for key " + key
            + " (expected: a value; what may be absent is for find)");
      }
      return Optional.of(value);
    };
  }

  private CacheResult<V> present(K key, CacheResult<Optional<V>> found) {
    V value = found.value()
        .orElseThrow(() -> new NoSuchElementException("cache " + name + " knows that there is nothing for key " + key));
    return new CacheResult<>(value, found.layer(), found.age(), found.stale());
  }

  private CacheResult<Optional<V>> resolve(K key, Loader<? super K, Optional<V>> loader, Duration freshness) {
    long asked = tags.sequence();
    long now = clock.millis();
    Optional<Entry<V>> here = inMemory(key, now);
    if (here.isPresent()) {
      if (here.get().refreshAt() <= now) {
        join(key, new Flight<>(asked), loader, freshness);
      }
      return served(here.get(), Layer.L1, now);
    }
    while (true) {
      var mine = new Flight<V>(tags.sequence());
      Flight<V> flight = join(key, mine, loader, freshness);
      boolean late = flight != mine && flight.hasLanded();
      Landing<V> landing = await(flight);
      if (late && !landing.entry().isServable(now)) {
        flight.awaitEnd(name); // it brought what is over by now
        continue;
      }
      boolean outdated = landing.overtaken() || !tags.areCurrent(landing.entry().versions());
      if (!outdated || flight.began() >= asked) {
        return served(landing.entry(), landing.layer(), clock.millis());
      }
      abandon(key, flight); // it began before an invalidation that this caller has seen
    }
  }

  private Landing<V> await(Flight<V> flight) {
    try {
      return flight.await(name);
    } catch (RuntimeException e) {
      counters.misses.increment();
      throw e;
    }
  }

  private CacheResult<Optional<V>> served(Entry<V> entry, Layer layer, long now) {
    boolean stale = layer != Layer.LOADED && !entry.isFresh(now);
    counters.served(layer, stale);
    return new CacheResult<>(entry.value(), layer, entry.age(now), stale);
  }

  private Optional<Entry<V>> inMemory(K key, long now) {
    return Optional.ofNullable(memory.get(key))
        .filter(entry -> entry.isServable(now) && tags.areCurrent(entry.versions()));
  }

  /** The flight that is under way for this key; else {@code mine}, which takes off. */
  private Flight<V> join(K key, Flight<V> mine, Loader<? super K, Optional<V>> loader, Duration freshness) {
    return flights.computeIfAbsent(key, _ -> {
      Thread.ofVirtual().name("cache-" + name).start(() -> fly(key, mine, loader, freshness));
      return mine;
    });
  }

  private void fly(K key, Flight<V> flight, Loader<? super K, Optional<V>> loader, Duration freshness) {
    try {
      if (!landFromLayers(key, flight)) {
        load(key, flight, loader, freshness);
      }
    } catch (Throwable e) { // an Error too must reach those who wait
      flights.remove(key, flight); // who comes after the failure is known begins anew
      if (!flight.fail(e)) {
        complaints.about("a refresh of cache " + name + " failed", e);
      }
    } finally {
      flights.remove(key, flight);
      flight.end();
    }
  }

  /** True if one of the layers has a fresh value; a stale one is landed too, but still to be refreshed. */
  private boolean landFromLayers(K key, Flight<V> flight) {
    long now = clock.millis();
    Optional<Entry<V>> near = inMemory(key, now);
    near.ifPresent(entry -> flight.land(entry, Layer.L1, false));
    if (near.isPresent() && near.get().refreshAt() > now) {
      return true;
    }
    Optional<Entry<V>> far = shared.flatMap(layer -> layer.get(key))
        .filter(entry -> entry.isServable(now) && tags.areCurrent(entry.versions()))
        .filter(entry -> near.isEmpty() || entry.isFresh(now));
    far.ifPresent(entry -> {
      remember(key, flight, entry);
      flight.land(entry, Layer.L2, false);
    });
    return far.isPresent() && far.get().isFresh(now);
  }

  private void load(K key, Flight<V> flight, Loader<? super K, Optional<V>> loader, Duration freshness)
      throws Exception {
    counters.loads.increment();
    TagVersions.Before before = tags.before();
    Optional<V> value;
    try {
      value = loader.load(key);
    } catch (Throwable e) {
      pauseRefresh(key);
      counters.loadFailures.increment();
      throw e;
    }
    List<String> tagsOfValue = value.<List<String>>map(present -> List.copyOf(tagsOf.apply(present))).orElse(List.of());
    Optional<Map<String, Long>> versions = tags.stamp(before, tagsOfValue);
    long now = clock.millis();
    Entry<V> entry = value.isPresent() ? Entry.of(value, now, freshness, staleFor, versions.orElse(Map.of()))
        : Entry.of(value, now, negativeFor, Duration.ZERO, Map.of());
    if (versions.isPresent() && entry.isServable(now)) {
      remember(key, flight, entry);
      flight.land(entry, Layer.LOADED, false);
      shared.ifPresent(layer -> layer.put(key, entry, flight::isSuperseded));
      return;
    }
    if (versions.isPresent()) {
      dropAbsent(key, flight);
    }
    flights.remove(key, flight); // what is not stored is for those alone who waited for it
    flight.land(entry, Layer.LOADED, versions.isEmpty());
  }

  /** There is no value (any more), and that is not to be remembered. */
  private void dropAbsent(K key, Flight<V> flight) {
    if (memory.get(key) != null) {
      memory.compute(key, (_, old) -> flight.isSuperseded() ? old : null);
      shared.ifPresent(layer -> layer.delete(key));
    }
  }

  private void remember(K key, Flight<V> flight, Entry<V> entry) {
    memory.compute(key, (_, old) -> flight.isSuperseded() ? old : entry);
  }

  private void pauseRefresh(K key) {
    long until = clock.millis() + REFRESH_PAUSE.toMillis();
    memory.computeIfPresent(key, (_, entry) -> entry.refreshedNoSoonerThan(until));
  }

  private void forget(K key) {
    memory.compute(key, (_, _) -> {
      Flight<V> flight = flights.get(key);
      if (flight != null) {
        abandon(key, flight);
      }
      return null;
    });
  }

  private void abandon(K key, Flight<V> flight) {
    flight.supersede();
    flights.remove(key, flight);
  }
}
