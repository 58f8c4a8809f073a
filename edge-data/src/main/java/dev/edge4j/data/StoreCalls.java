package dev.edge4j.data;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.Timings;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the calls of a mesh: each by the guard of its store, each told to the listeners. Safe for use by many threads. */
final class StoreCalls {
  private static final Logger LOG = LoggerFactory.getLogger(DataMesh.class);
  /** Origins that make a new object at each question get no guard beyond this many. */
  private static final int MOST_GUARDS = 1_024;

  /** What is asked of which store, and why there. */
  record Ask(String name, MeshCall.Kind kind, String engine, Served.By by, Promise promise, Optional<Duration> lag,
      String why) {
    static Ask of(String name, MeshCall.Kind kind, String engine, Promise promise) {
      return new Ask(name, kind, engine, Served.By.PRIMARY, promise, Optional.empty(), "");
    }
  }

  /** A store by what it is, not by what it equals. */
  private record Identity(Object store) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Identity that && store == that.store;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(store);
    }
  }

  private final TimeSource time;
  private final StoreLimits limits;
  private final Map<Identity, StoreLimits> own;
  private final List<MeshListener> listeners;
  private final ConcurrentHashMap<Identity, StoreGuard> guards = new ConcurrentHashMap<>();

  StoreCalls(TimeSource time, StoreLimits limits, IdentityHashMap<Object, StoreLimits> own,
      List<MeshListener> listeners) {
    this.time = time;
    this.limits = limits;
    var byIdentity = new ConcurrentHashMap<Identity, StoreLimits>();
    own.forEach((store, its) -> byIdentity.put(new Identity(store), its));
    this.own = byIdentity;
    this.listeners = List.copyOf(listeners);
  }

  TimeSource time() {
    return time;
  }

  /** The one guard of a store; its label is that of who asks first. */
  StoreGuard guard(Object store, String label) {
    var identity = new Identity(store);
    StoreGuard known = guards.get(identity);
    if (known != null) {
      return known;
    }
    StoreLimits its = own.getOrDefault(identity, limits);
    return guards.size() >= MOST_GUARDS ? new StoreGuard(label, its, time)
        : guards.computeIfAbsent(identity, _ -> new StoreGuard(label, its, time));
  }

  /** Makes one call. */
  <T> T call(Ask ask, Object store, Deadline deadline, Optional<Timings> timings, Supplier<T> work) {
    StoreGuard guard = guard(store, label(ask));
    long begin = time.nanoTime();
    Optional<Throwable> failure = Optional.empty();
    try {
      return guard.call(deadline, work);
    } catch (Throwable e) {
      failure = Optional.of(e);
      throw e;
    } finally {
      Duration took = Duration.ofNanos(time.nanoTime() - begin);
      timings.ifPresent(spans -> spans.record(layer(ask), took));
      if (!listeners.isEmpty()) {
        tell(new MeshCall(ask.name, ask.kind, ask.engine, ask.by, ask.promise, ask.lag, ask.why, took, failure));
      }
    }
  }

  private void tell(MeshCall call) {
    for (MeshListener listener : listeners) {
      try {
        listener.called(call);
      } catch (RuntimeException e) {
        LOG.error("a listener to the mesh failed", e);
      }
    }
  }

  private static String label(Ask ask) {
    return switch (ask.by) {
      case ORIGIN -> "the origin of " + ask.name + " (" + ask.engine + ")";
      case REPLICA, STALE_REPLICA -> "the replica of " + ask.name + " (" + ask.engine + ")";
      case PRIMARY -> "the store of " + ask.name + " (" + ask.engine + ")";
    };
  }

  /** As it shows in {@code Server-Timing}: {@code catalog.replica}, {@code orders.write}. */
  private static String layer(Ask ask) {
    return ask.name + "." + (ask.kind == MeshCall.Kind.READ ? ask.by.name().toLowerCase(Locale.ROOT).replace('_', '-')
        : ask.kind.name().toLowerCase(Locale.ROOT));
  }
}
