package dev.edge4j.cache;

import dev.edge4j.cache.SecondLayer.Far;
import dev.edge4j.cache.bus.Change;
import dev.edge4j.cache.shared.Bus;
import dev.edge4j.cache.shared.KeyText;
import dev.edge4j.cache.shared.Stamp;
import dev.edge4j.cache.shared.Standing;
import dev.edge4j.cache.shared.TagVersions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is stored, in memory and in the second layer, and all that makes it go. An invalidation and the end of a load of one key
 * exclude each other, in memory by the map's own lock for the key.
 */
final class Layers<K, V> {
  private final Memory<K, V> memory;
  private final Optional<SecondLayer<K, V>> second;
  private final TagVersions versions;
  private final Bus bus;
  private final KeyIndex<K> index;
  private final Flights<K, V> flights;
  private final Clocks clocks;
  private final Turns turns = new Turns();
  private final long memoryFor;
  private final DoubleSupplier random;

  Layers(Memory<K, V> memory, Optional<SecondLayer<K, V>> second, TagVersions versions, Bus bus, KeyIndex<K> index,
      Flights<K, V> flights, Clocks clocks, Duration memoryFor, DoubleSupplier random) {
    this.memory = memory;
    this.second = second;
    this.versions = versions;
    this.bus = bus;
    this.index = index;
    this.flights = flights;
    this.clocks = clocks;
    this.memoryFor = memoryFor.toMillis();
    this.random = random;
    bus.listen(this::heard);
  }

  @Nullable
  Entry<V> near(K key) {
    return memory.get(key);
  }

  /** What the second layer has; the flight stores what it loads from now on only while its key keeps its version. */
  Far<V> far(Flight<K, V> flight) {
    Far<V> far = far(flight.key());
    flight.found(far.version());
    return far;
  }

  Far<V> far(K key) {
    return second.map(layer -> layer.get(key)).orElseGet(Far::nothing);
  }

  Standing standing(Entry<V> entry, long now) {
    return versions.standing(entry.stamp, now);
  }

  Use use(Entry<V> entry, long now) {
    return entry.use(now, standing(entry, now), random);
  }

  long sequence() {
    return versions.sequence();
  }

  /** The entry as the memory keeps it from now on: to be compared with the second layer again after a while. */
  Entry<V> copy(Entry<V> entry) {
    return second.isEmpty() || memoryFor >= TagVersions.MAX_LIFETIME.toMillis() ? entry
        : entry.recheckedAt(clocks.millis() + memoryFor);
  }

  /** Takes an entry to memory, unless the flight that brought it is superseded. */
  void remember(Flight<K, V> flight, Entry<V> entry) {
    memory.update(flight.key(), old -> flight.isSuperseded() ? old : kept(flight.key(), entry));
  }

  /**
   * Takes to memory what a flight has loaded since it began. If its key, or a tag of it, has expired meanwhile the value is stale from the beginning, but takes
   * the place of an older one: who has been given the newer value is not shown the older one again when the next load fails.
   */
  void land(Flight<K, V> flight, EntryMaker.Made<V> made, Turns.Turn began) {
    memory.update(flight.key(), old -> made.overtaken() || flight.isSuperseded() ? standingIn(flight, made, old, began)
        : kept(flight.key(), made.entry().at(turn())));
    Entry<V> here = memory.get(flight.key());
    if (here != null && flight.isSuperseded()) {
      flights.renew(flight.key(), here);
    }
  }

  /** What is overtaken may be gone, and not expired alone: the versions that the older one has tell, if it has the same tags. */
  private @Nullable Entry<V> standingIn(Flight<K, V> flight, EntryMaker.Made<V> made, @Nullable Entry<V> old,
      Turns.Turn began) {
    if (old == null || !flight.mayStandIn() || !old.isBefore(began) || (made.overtaken() && !old.stamp.covers(
        made.tags()))) {
      return old;
    }
    Stamp known = made.overtaken() ? old.stamp : made.entry().stamp;
    return kept(flight.key(), made.entry().inPlaceOf(old, known, clocks.millis()).at(turn()));
  }

  /** Offers a stale value that has come to memory since this flight has given or offered an older one. */
  void renew(Flight<K, V> flight) {
    Entry<V> here = memory.get(flight.key());
    if (here != null && !standing(here, clocks.millis()).equals(Standing.GONE)) {
      flight.renew(here);
    }
  }

  /** Takes an entry to the second layer, unless the flight that brought it is superseded. */
  void store(Flight<K, V> flight, Entry<V> entry) {
    OptionalLong version = flight.version();
    if (second.isPresent() && version.isPresent()) {
      second.get().put(flight.key(), entry, version.getAsLong(), flight::isSuperseded);
    }
  }

  /** Forgets in memory what the flight has found to be no more. */
  void dropNear(Flight<K, V> flight) {
    memory.update(flight.key(), old -> flight.isSuperseded() ? old : gone(flight.key()));
  }

  /** Forgets in both layers what the flight has found to be no more. */
  void drop(Flight<K, V> flight) {
    dropNear(flight);
    if (!flight.isSuperseded()) {
      second.ifPresent(layer -> layer.delete(flight.key()));
    }
  }

  /** Lets no refresh begin before {@code until}; what is in memory, or else {@code stale}, is served meanwhile. */
  void pause(Flight<K, V> flight, @Nullable Entry<V> stale, long until) {
    memory.update(flight.key(), old -> {
      Entry<V> entry = old == null ? stale : old;
      return entry == null || flight.isSuperseded() ? old : kept(flight.key(), entry.pausedUntil(until));
    });
  }

  /** Stores what the user gives, as a flight that has arrived; what else is being loaded for this key is superseded. */
  void put(Flight<K, V> given, Entry<V> entry) {
    K key = given.key();
    memory.update(key, _ -> {
      flights.replace(given);
      return kept(key, entry.at(turn()));
    });
    try {
      given.land(new Landing<>(entry, Layer.L1, false, false));
      second.ifPresent(layer -> layer.give(key, entry, given::isSuperseded));
    } finally {
      flights.remove(given);
    }
    tellOthers(key, true);
  }

  void invalidate(K key) {
    forget(key);
    second.ifPresent(layer -> {
      layer.delete(key);
      forget(key); // what read the second layer before the delete
    });
    tellOthers(key, false);
  }

  void expire(K key) {
    expireInMemory(key);
    second.ifPresent(layer -> {
      layer.expire(key);
      expireInMemory(key); // what read the second layer before that
    });
    tellOthers(key, false);
  }

  /** How many entries are in memory, those included that are over. */
  long size() {
    return memory.size();
  }

  /** Where this process stands now: before a load, or as a value comes. */
  Turns.Turn turn() {
    return turns.next(clocks.millis());
  }

  private Entry<V> kept(K key, Entry<V> entry) {
    index.add(key);
    return entry;
  }

  private @Nullable Entry<V> gone(K key) {
    index.remove(key);
    return null;
  }

  private void forget(K key) {
    memory.update(key, _ -> {
      flights.abandon(key);
      return gone(key);
    });
  }

  private void expireInMemory(K key) {
    memory.update(key, old -> {
      flights.expire(key);
      return old == null ? null : old.expired(clocks.millis());
    });
  }

  private void tellOthers(K key, boolean updated) {
    if (second.isPresent()) {
      String text = KeyText.of(key);
      bus.send(updated ? new Change.KeyUpdated(text) : new Change.KeyInvalidated(text));
    }
  }

  private void heard(Change change) {
    switch (change) {
      case Change.KeyInvalidated(String text) -> forgetText(text);
      case Change.KeyUpdated(String text) -> forgetText(text);
      case Change.TagRenewed _,Change.CacheRenewed _ -> {
      } // the versions hear these themselves
    }
  }

  private void forgetText(String text) {
    flights.keys(flying -> KeyText.of(flying).equals(text)).forEach(this::forget); // or it lands between the two steps
    K key = index.find(text);
    if (key != null) {
      forget(key);
    }
  }
}
