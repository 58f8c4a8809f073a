package dev.edge4j.cache;

import dev.edge4j.cache.shared.KeyText;
import dev.edge4j.cache.shared.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Stands before the origin and lets one node at a time ask it for a key, if there is a lease; batches pass. */
final class Leasing<K, V> {
  private final Layers<K, V> layers;
  private final Origin<K, V> origin;
  private final Optional<Lease> lease;
  private final Duration atMost;
  private final Clocks clocks;

  Leasing(Layers<K, V> layers, Origin<K, V> origin, Optional<Lease> lease, Duration atMost, Clocks clocks) {
    this.layers = layers;
    this.origin = origin;
    this.lease = lease;
    this.atMost = atMost;
    this.clocks = clocks;
  }

  /** Ends every one of these flights. */
  void load(List<Flight<K, V>> wanted, Source<K, V> source, EntryOptions options) throws InterruptedException {
    if (lease.isEmpty() || wanted.size() > 1) {
      origin.load(wanted, source, options);
      return;
    }
    Flight<K, V> flight = wanted.getFirst();
    String text = KeyText.of(flight.key());
    Optional<Lease.Held> held = lease.get().tryTake(text, atMost);
    if (held.isPresent()) {
      try (Lease.Held _ = held.get()) {
        origin.load(wanted, source, options);
      }
      return;
    }
    flight.stale().ifPresent(stale -> flight.landEarly(new Landing<>(stale.entry(), stale.layer(), false, false)));
    Optional<Entry<V>> theirs = lease.get().await(text, () -> newer(flight), atMost);
    if (theirs.isPresent()) {
      Entry<V> copy = layers.copy(theirs.get());
      layers.remember(flight, copy);
      flight.land(new Landing<>(copy, Layer.L2, false, flight.isDegraded()));
    } else {
      origin.load(wanted, source, options);
    }
  }

  private Optional<Entry<V>> newer(Flight<K, V> flight) {
    long ours = flight.previous().map(entry -> entry.times.storedAt()).orElse(Long.MIN_VALUE);
    return layers.far(flight)
        .entry()
        .filter(entry -> entry.times.storedAt() > ours && layers.use(entry, clocks.millis()) == Use.SERVE);
  }
}
