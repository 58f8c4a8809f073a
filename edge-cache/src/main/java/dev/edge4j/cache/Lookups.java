package dev.edge4j.cache;

import dev.edge4j.cache.SecondLayer.Far;
import dev.edge4j.cache.shared.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a caller comes to its answer: from memory at once, or from the flight of the key. */
final class Lookups<K, V> {
  /** A flight to wait for; {@code mine} if this call has begun it. */
  private record Joined<K, V>(Flight<K, V> flight, boolean mine) {}

  private final String name;
  private final Layers<K, V> layers;
  private final Flights<K, V> flights;
  private final Failures<K> failures;
  private final Loading<K, V> loading;
  private final Clocks clocks;
  private final Tally<K> tally;

  Lookups(String name, Layers<K, V> layers, Flights<K, V> flights, Failures<K> failures, Loading<K, V> loading,
      Clocks clocks, Tally<K> tally) {
    this.name = name;
    this.layers = layers;
    this.flights = flights;
    this.failures = failures;
    this.loading = loading;
    this.clocks = clocks;
    this.tally = tally;
  }

  CacheResult<Optional<V>> resolve(K key, Source<K, V> source, Call call) {
    long asked = layers.sequence();
    List<Flight<K, V>> refreshes = new ArrayList<>(1);
    Optional<CacheResult<Optional<V>>> hit = atOnce(key, refreshes);
    loading.start(refreshes, source, call.options());
    return hit.orElseGet(() -> fly(key, asked, source, call, Patience.of(call, clocks.timers())));
  }

  /** In the order of the keys, each once. */
  Map<K, CacheResult<Optional<V>>> resolveAll(Collection<? extends K> keys, Source<K, V> source, Call call) {
    long asked = layers.sequence();
    var patience = Patience.of(call, clocks.timers());
    Set<K> distinct = new LinkedHashSet<>(keys);
    Map<K, CacheResult<Optional<V>>> found = LinkedHashMap.newLinkedHashMap(distinct.size());
    Map<K, Joined<K, V>> joined = LinkedHashMap.newLinkedHashMap(distinct.size());
    List<Flight<K, V>> refreshes = new ArrayList<>();
    try {
      for (K key : distinct) {
        atOnce(key, refreshes).ifPresentOrElse(hit -> found.put(key, hit),
            () -> failures.lately(key).ifPresent(this::rethrow)); // before any flight that would never take off
      }
      distinct.stream().filter(key -> !found.containsKey(key)).forEach(key -> joined.put(key, join(key)));
    } finally {
      loading.start(refreshes, source, call.options());
    }
    loading.start(joined.values().stream().filter(Joined::mine).map(Joined::flight).toList(), source, call.options());
    joined.forEach((key, flight) -> found.put(key,
        land(flight, asked, patience).orElseGet(() -> fly(key, asked, source, call, patience))));
    Map<K, CacheResult<Optional<V>>> inOrder = LinkedHashMap.newLinkedHashMap(distinct.size());
    distinct.forEach(key -> inOrder.put(key, Objects.requireNonNull(found.get(key))));
    return inOrder;
  }

  /** What the layers have, without any consequence. */
  Optional<CacheResult<V>> peek(K key) {
    long now = clocks.millis();
    Entry<V> near = layers.near(key);
    boolean usable = near != null && layers.use(near, now) != Use.NONE;
    if (near != null && usable && !near.isUnchecked(now, layers.standing(near, now))) {
      return present(new Landing<>(near, Layer.L1, false, false), now);
    }
    Far<V> far = layers.far(key);
    if (near != null && usable && far.isUnknown()) {
      return present(new Landing<>(near, Layer.L1, false, true), now);
    }
    return far.entry()
        .filter(entry -> layers.use(entry, now) != Use.NONE)
        .flatMap(entry -> present(new Landing<>(entry, Layer.L2, false, false), now));
  }

  long size() {
    return layers.size();
  }

  boolean isQuiet() {
    return flights.isEmpty();
  }

  private Optional<CacheResult<V>> present(Landing<V> landing, long now) {
    CacheResult<Optional<V>> result = describe(landing, now, false);
    return result.value().map(result::withValue);
  }

  /** What is in memory and may be served at once; a refresh that is due and not under way is added to {@code refreshes}. */
  private Optional<CacheResult<Optional<V>>> atOnce(K key, List<Flight<K, V>> refreshes) {
    Entry<V> here = layers.near(key);
    if (here == null) {
      return Optional.empty();
    }
    Use use = layers.use(here, clocks.millis());
    if (use == Use.REFRESH && !flights.isUnderWay(key)) {
      var mine = new Flight<>(key, layers.sequence(), here);
      if (flights.join(mine) == mine) {
        refreshes.add(mine);
      }
    }
    return isServed(use) ? Optional.of(served(key, new Landing<>(here, Layer.L1, false, false), false))
        : Optional.empty();
  }

  private static boolean isServed(Use use) {
    return use == Use.SERVE || use == Use.REFRESH;
  }

  private CacheResult<Optional<V>> fly(K key, long asked, Source<K, V> source, Call call, Patience patience) {
    while (true) {
      failures.lately(key).ifPresent(this::rethrow);
      Joined<K, V> joined = join(key);
      if (joined.mine) {
        loading.start(List.of(joined.flight), source, call.options());
      }
      Optional<CacheResult<Optional<V>>> landed = land(joined, asked, patience);
      if (landed.isPresent()) {
        return landed.get();
      }
    }
  }

  private Joined<K, V> join(K key) {
    var mine = new Flight<K, V>(key, layers.sequence(), null);
    Flight<K, V> flight = flights.join(mine);
    return new Joined<>(flight, flight == mine);
  }

  /** What the flight brings; empty if that is of no use to this caller, who must then begin another. */
  private Optional<CacheResult<Optional<V>>> land(Joined<K, V> joined, long asked, Patience patience) {
    Flight<K, V> flight = joined.flight;
    boolean late = !joined.mine && flight.hasEnded();
    if (!joined.mine && !late) {
      tally.coalesced();
    }
    Landing<V> landing = await(flight, patience);
    if (late) { // it only stores what it brought, and that is in memory
      landing = new Landing<>(landing.entry(), Layer.L1, landing.overtaken(), landing.degraded());
    }
    boolean over = late && !isServed(layers.use(landing.entry(), clocks.millis()));
    if (over || (flight.began() < asked && isOutdated(landing))) {
      flights.abandon(flight); // it began before an invalidation that this caller has seen, or brought what is over by now
      return Optional.empty();
    }
    return Optional.of(served(flight.key(), landing, joined.mine));
  }

  private boolean isOutdated(Landing<V> landing) {
    Standing standing = layers.standing(landing.entry(), clocks.millis());
    return landing.overtaken() || standing == Standing.GONE
        || (landing.layer() == Layer.LOADED && standing == Standing.EXPIRED);
  }

  private Landing<V> await(Flight<K, V> flight, Patience patience) {
    var waiter = new Waiter<V>(entry -> layers.use(entry, clocks.millis()) != Use.NONE);
    flight.join(waiter);
    try (Patience.Timers _ = patience.watch(waiter, () -> "cache " + name + ": no value for key " + flight.key()
        + " in the time that its caller has (the load goes on)")) {
      return waiter.await(name);
    } catch (RuntimeException e) {
      if (waiter.hasTimedOut()) {
        tally.timedOut(flight.key());
      }
      tally.failed(flight.key());
      throw e;
    } finally {
      flight.leave(waiter);
    }
  }

  private void rethrow(Throwable cause) {
    throw Waiter.unchecked(cause, name);
  }

  private CacheResult<Optional<V>> served(K key, Landing<V> landing, boolean mine) {
    CacheResult<Optional<V>> result = describe(landing, clocks.millis(), mine);
    tally.served(key, result.layer(), result.stale());
    if (result.stale() && result.degraded()) {
      tally.degraded(key);
    }
    return result;
  }

  private CacheResult<Optional<V>> describe(Landing<V> landing, long now, boolean mine) {
    Entry<V> entry = landing.entry();
    boolean loaded = landing.layer() == Layer.LOADED;
    boolean stale = !loaded && !(entry.times.isFresh(now) && layers.standing(entry, now) == Standing.CURRENT);
    boolean degraded = landing.degraded() || (stale && entry.isPaused(now));
    return new CacheResult<>(entry.found(), landing.layer(), entry.age(now), stale, degraded, loaded && mine);
  }
}
