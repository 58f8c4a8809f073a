package dev.edge4j.cache;

import dev.edge4j.cache.SecondLayer.Far;
import dev.edge4j.cache.shared.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The way of a flight: memory once more, the second layer, the origin. It runs on a virtual thread of its own, so that it belongs
 * to no caller.
 */
final class Loading<K, V> {
  /** How many keys of one batch are asked of a remote store at once. */
  private static final int READERS = 16;

  private final String name;
  private final Layers<K, V> layers;
  private final Flights<K, V> flights;
  private final Leasing<K, V> origin;
  private final Clocks clocks;
  private final boolean remoteStore;

  Loading(String name, Layers<K, V> layers, Flights<K, V> flights, Leasing<K, V> origin, Clocks clocks,
      boolean remoteStore) {
    this.name = name;
    this.layers = layers;
    this.flights = flights;
    this.origin = origin;
    this.clocks = clocks;
    this.remoteStore = remoteStore;
  }

  /** Lets flights take off that are in {@link Flights} already. */
  void start(List<Flight<K, V>> batch, Source<K, V> source, EntryOptions options) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      Thread.ofVirtual().name("cache-" + name).start(() -> fly(batch, source, options));
    } catch (RuntimeException | Error e) { // no memory for a thread, say
      end(batch, e);
      throw e;
    }
  }

  private void fly(List<Flight<K, V>> batch, Source<K, V> source, EntryOptions options) {
    try {
      List<Flight<K, V>> wanted = remoteStore && batch.size() > 1 ? landTogether(batch)
          : batch.stream().filter(flight -> !landFromLayers(flight)).toList();
      if (!wanted.isEmpty()) {
        origin.load(wanted, source, options);
      }
    } catch (Throwable e) { // an Error too must reach those who wait
      end(batch, e);
      if (e instanceof VirtualMachineError error) {
        throw error;
      }
    } finally {
      batch.forEach(flights::remove);
    }
  }

  private void end(List<Flight<K, V>> batch, Throwable cause) {
    batch.forEach(flight -> {
      flights.remove(flight);
      flight.fail(cause);
    });
  }

  /** The flights that the layers have nothing fresh for. Some are looked up at once, since each may wait for a network. */
  private List<Flight<K, V>> landTogether(List<Flight<K, V>> batch) throws InterruptedException {
    var next = new AtomicInteger();
    Set<Flight<K, V>> wanted = ConcurrentHashMap.newKeySet();
    Runnable reader = () -> {
      for (int i = next.getAndIncrement(); i < batch.size(); i = next.getAndIncrement()) {
        try {
          if (!landFromLayers(batch.get(i))) {
            wanted.add(batch.get(i));
          }
        } catch (RuntimeException | Error e) { // a key that has no text, say
          end(List.of(batch.get(i)), e);
        }
      }
    };
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < Math.min(READERS, batch.size()); i++) {
      readers.add(Thread.ofVirtual().name("cache-" + name).start(reader));
    }
    for (Thread thread : readers) {
      thread.join();
    }
    return batch.stream().filter(wanted::contains).toList();
  }

  /** True if one of the layers has a fresh value; a stale one is landed or offered, but still to be refreshed. */
  private boolean landFromLayers(Flight<K, V> flight) {
    long now = clocks.millis();
    Entry<V> near = layers.near(flight.key());
    Use use = near == null ? Use.NONE : flight.isRefreshOf(near) ? Use.REFRESH : layers.use(near, now);
    if (near != null && use(flight, near, Layer.L1, use, now)) {
      return true;
    }
    layers.renew(flight);
    Far<V> far = layers.far(flight);
    if (far.failed()) {
      flight.degrade();
    }
    if (near != null && near.isUnchecked(now, layers.standing(near, now))) {
      return landUnchecked(flight, near, far);
    }
    return far.entry()
        .filter(entry -> isBetter(entry, near, use))
        .filter(entry -> take(flight, entry, now))
        .isPresent();
  }

  /** The copy in memory is fresh, but the second layer was to be asked whether it still is what the nodes share. */
  private boolean landUnchecked(Flight<K, V> flight, Entry<V> near, Far<V> far) {
    if (far.isUnknown()) {
      Entry<V> trusted = layers.copy(near);
      layers.remember(flight, trusted);
      flight.land(new Landing<>(trusted, Layer.L1, false, true));
      return true;
    }
    flight.retract();
    if (far.entry().isEmpty()) {
      layers.dropNear(flight);
      return false;
    }
    return take(flight, far.entry().get(), clocks.millis());
  }

  private boolean isBetter(Entry<V> far, @Nullable Entry<V> near, Use use) {
    return near == null || use == Use.NONE || far.times.storedAt() > near.times.storedAt();
  }

  /** Takes what the second layer has; true if there is nothing left to do. */
  private boolean take(Flight<K, V> flight, Entry<V> far, long now) {
    Entry<V> copy = layers.copy(far);
    Use use = layers.use(copy, now);
    if (use != Use.NONE) {
      layers.remember(flight, copy);
    }
    return use(flight, copy, Layer.L2, use, now);
  }

  private boolean use(Flight<K, V> flight, Entry<V> entry, Layer layer, Use use, long now) {
    switch (use) {
      case SERVE -> flight.land(new Landing<>(entry, layer, false, flight.isDegraded()));
      case REFRESH -> flight.landEarly(new Landing<>(entry, layer, false, flight.isDegraded()));
      case COVER -> flight.offer(new Landing<>(entry, layer, false, true));
      case NONE -> {
        if (layers.standing(entry, now) != Standing.GONE) {
          flight.keep(entry);
        }
      }
    }
    return use == Use.SERVE;
  }

  /** What a refresh may be compared with: the stale value, or one that is too old even for that. */
  static <K, V> Load<V> load(Flight<K, V> flight) {
    Optional<Entry<V>> previous = flight.previous();
    return new Load<>(previous.flatMap(Entry::found), previous.flatMap(entry -> Optional.ofNullable(entry.etag)));
  }
}
