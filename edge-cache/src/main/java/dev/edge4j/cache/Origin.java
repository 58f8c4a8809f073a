package dev.edge4j.cache;

import dev.edge4j.ServiceUnavailable;
import dev.edge4j.cache.shared.Complaints;
import dev.edge4j.cache.shared.TagVersions;
import dev.edge4j.resilience.MissLimiter;
import dev.edge4j.resilience.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last step of flights: asks the loader for what the layers do not have, and stores what it brings. */
final class Origin<K, V> {
  /** How long one comes again after the limiter had no place: soon, because places are given back all the time. */
  private static final Duration NO_PLACE_PAUSE = Duration.ofSeconds(1);

  private record Brought<K, V>(Flight<K, V> flight, Entry<V> entry) {}

  private final String name;
  private final Layers<K, V> layers;
  private final Flights<K, V> flights;
  private final Failures<K> failures;
  private final EntryMaker<V> maker;
  private final Optional<MissLimiter> limiter;
  private final Clocks clocks;
  private final Tally<K> tally;
  private final Complaints complaints;

  Origin(String name, Layers<K, V> layers, Flights<K, V> flights, Failures<K> failures,
      EntryMaker<V> maker, Optional<MissLimiter> limiter, Clocks clocks, Tally<K> tally, Complaints complaints) {
    this.name = name;
    this.layers = layers;
    this.flights = flights;
    this.failures = failures;
    this.maker = maker;
    this.limiter = limiter;
    this.clocks = clocks;
    this.tally = tally;
    this.complaints = complaints;
  }

  /** Ends every one of these flights. */
  void load(List<Flight<K, V>> wanted, Source<K, V> source, EntryOptions options) {
    TagVersions.Before before;
    Map<K, Loaded<V>> loaded;
    Turns.Turn began;
    Optional<Permit> place = limiter.flatMap(MissLimiter::tryAcquire);
    try {
      if (limiter.isPresent() && place.isEmpty()) {
        refuse(wanted, options);
        return;
      }
      wanted.forEach(flight -> tally.loading(flight.isRefresh()));
      before = maker.before();
      began = layers.turn();
      loaded = source.load(loads(wanted));
    } catch (Throwable e) { // an Error too must reach those who wait
      wanted.forEach(flight -> {
        tally.loadFailed(flight.key(), e);
        fail(flight, e, options.refreshPause(), options.errorFor());
      });
      return;
    } finally {
      place.ifPresent(Permit::close);
    }
    land(wanted, loaded, before, began, options);
  }

  private static <K, V> Map<K, Load<V>> loads(List<Flight<K, V>> wanted) {
    Map<K, Load<V>> loads = LinkedHashMap.newLinkedHashMap(wanted.size());
    wanted.forEach(flight -> loads.put(flight.key(), Loading.load(flight)));
    return loads;
  }

  private void land(List<Flight<K, V>> wanted, Map<K, Loaded<V>> loaded, TagVersions.Before before, Turns.Turn began,
      EntryOptions options) {
    Duration took = Duration.ofMillis(Math.max(0, clocks.millis() - began.millis()));
    List<Brought<K, V>> toStore = new ArrayList<>(wanted.size());
    for (Flight<K, V> flight : wanted) {
      try {
        tally.loaded(flight.key(), took, flight.isRefresh());
        land(flight, Objects.requireNonNull(loaded.get(flight.key())), before, began, took.toMillis(), options)
            .ifPresent(entry -> toStore.add(new Brought<>(flight, entry)));
      } catch (RuntimeException | Error e) { // the user's function of tags
        fail(flight, e, options.refreshPause(), Duration.ZERO);
      }
    }
    toStore.forEach(brought -> layers.store(brought.flight, brought.entry)); // after everybody has what he waited for
  }

  /** Gives what was loaded to those who wait; the entry, if it is to be stored in the second layer too. */
  private Optional<Entry<V>> land(Flight<K, V> flight, Loaded<V> loaded, TagVersions.Before before, Turns.Turn began,
      long took, EntryOptions options) {
    EntryMaker.Made<V> made = maker.make(loaded, before, took, options).map(layers::copy);
    Entry<V> entry = made.entry();
    var landing = new Landing<>(entry, Layer.LOADED, made.overtaken(), flight.isDegraded());
    failures.forget(flight.key());
    boolean stored = loaded.isStored() && clocks.millis() < entry.times.goneAt();
    if (stored) {
      layers.land(flight, made, began);
    }
    if (stored && !made.overtaken()) {
      flight.land(landing);
      return Optional.of(entry);
    }
    if (!made.overtaken() && flight.previous().isPresent()) {
      layers.drop(flight);
    }
    flights.remove(flight); // what is not stored is for those alone who waited for it
    flight.land(landing);
    return Optional.empty();
  }

  private Optional<Landing<V>> standIn(Flight<K, V> flight) {
    long now = clocks.millis();
    return flight.stale().filter(landing -> landing.entry().covers(now, layers.standing(landing.entry(), now)));
  }

  private void refuse(List<Flight<K, V>> wanted, EntryOptions options) {
    wanted.forEach(flight -> {
      var refusal = new ServiceUnavailable("cache " + name + ": no place at the origin for key " + flight.key()
          + " (as many misses are there as it may have)", NO_PLACE_PAUSE);
      tally.limited(flight.key(), refusal);
      Duration pause = options.refreshPause().compareTo(NO_PLACE_PAUSE) < 0 ? options.refreshPause() : NO_PLACE_PAUSE;
      fail(flight, refusal, pause, Duration.ZERO);
    });
  }

  /** Ends a flight that brought nothing: with a stale value if there is one that may stand in, else with the failure. */
  private void fail(Flight<K, V> flight, Throwable cause, Duration pause, Duration errorFor) {
    @Nullable
    Entry<V> cover = standIn(flight).map(Landing::entry).orElse(null);
    layers.pause(flight, cover, clocks.millis() + pause.toMillis());
    if (cover == null && !flight.isRefresh() && !flight.isSuperseded()) {
      failures.remember(flight.key(), cause, errorFor);
    }
    flights.remove(flight); // who comes after the failure is known begins anew
    layers.renew(flight); // or who has joined it so far could have seen what is newer
    Optional<Landing<V>> stale = standIn(flight);
    stale.ifPresent(landing -> flight.land(new Landing<>(landing.entry(), landing.layer(), false, true)));
    flight.fail(cause);
    if (stale.isPresent() || flight.isRefresh()) {
      complaints.about("a load of cache " + name + " failed, and a stale value stood in for it", cause);
    }
  }
}
