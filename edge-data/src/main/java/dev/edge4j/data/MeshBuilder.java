package dev.edge4j.data;

import dev.edge4j.Place;
import dev.edge4j.TimeSource;
import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Declares the classes of data of a {@link DataMesh}. Not safe for use by several threads. */
public final class MeshBuilder {
  /** As long as a request may take; see {@link #timeout}. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  record Rows(DataClass declared, DataStore store, Promise.Sql promise) {}

  record Keys(DataClass declared, KvStore store, Promise.Kv promise) {}

  private final Map<String, Rows> sql = new LinkedHashMap<>();
  private final Map<String, Keys> kv = new LinkedHashMap<>();
  private final Map<String, MeshSink> events = new LinkedHashMap<>();
  private final List<DataClass> classes = new ArrayList<>();
  private final List<AutoCloseable> stores = new ArrayList<>();
  private final Set<AutoCloseable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<String, Duration> timeouts = new HashMap<>();
  private final IdentityHashMap<Object, StoreLimits> limits = new IdentityHashMap<>();
  private final List<MeshListener> listeners = new ArrayList<>();
  private StoreLimits defaults = StoreLimits.defaults();
  private TimeSource time = TimeSource.system();

  MeshBuilder() {}

  // ---- classes of data

  /** A class of rows, in the place its store says. */
  public MeshBuilder sql(String name, DataStore store, Promise.Sql promise) {
    return sql(name, store, promise, store.place());
  }

  /** A class of rows in a place; throws {@link IllegalArgumentException} if the store cannot keep the promise. */
  public MeshBuilder sql(String name, DataStore store, Promise.Sql promise, Place place) {
    if (promise instanceof Promise.Strong && store.replica().isPresent()) {
      throw new IllegalArgumentException("class \"" + name + "\" is strong() on a replica (expected: its origin, or "
          + "eventual(...) or readAfterWrite())");
    }
    sql.put(name, new Rows(declare(new DataClass(name, DataClass.Kind.SQL, promise, place, store.engine()), store),
        store,
        promise));
    return this;
  }

  /** A class of keys and values at the edge. */
  public MeshBuilder kv(String name, KvStore store, Promise.Kv promise) {
    return kv(name, store, promise, Place.EDGE);
  }

  /** A class of keys and values in a place. */
  public MeshBuilder kv(String name, KvStore store, Promise.Kv promise, Place place) {
    kv.put(name, new Keys(declare(new DataClass(name, DataClass.Kind.KV, promise, place, store.getClass()
        .getSimpleName()), store), store, promise));
    return this;
  }

  /** A class of events at the edge. */
  public MeshBuilder events(String name, EventSink sink, Promise.Events promise) {
    return events(name, sink, promise, Place.EDGE);
  }

  /** A class of events in a place. */
  public MeshBuilder events(String name, EventSink sink, Promise.Events promise, Place place) {
    if (promise instanceof Promise.Direct && sink instanceof BatchingSink) {
      throw new IllegalArgumentException("class \"" + name + "\" is direct() on a BatchingSink, which keeps events back"
          + " (expected: the sink behind it, or an outbox)");
    }
    MeshSink batched = MeshSink.of(name, sink, promise);
    declare(new DataClass(name, DataClass.Kind.EVENTS, promise, place, sink.engine()), batched);
    events.put(name, batched);
    return this;
  }

  // ---- how they are asked

  /**
   * How long a call of a class may take, 10 seconds unless it is said here; the request's deadline comes first where it is sooner.
   * A store passes it on to its engine, by {@link QueryDeadline}.
   */
  public MeshBuilder timeout(String name, Duration timeout) {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout of " + name + ": " + timeout + " (expected: a positive duration)");
    }
    timeouts.put(name, timeout);
    return this;
  }

  /** What every store is held to that has no limits of its own; {@link StoreLimits#defaults} unless it is said here. */
  public MeshBuilder limits(StoreLimits each) {
    defaults = each;
    return this;
  }

  /** What one store is held to: one that was declared, or the origin of a replica that was. */
  public MeshBuilder limits(AutoCloseable store, StoreLimits own) {
    limits.put(store, own);
    return this;
  }

  /** Has a listener told of every call; several are told in the order of their registration. */
  public MeshBuilder listen(MeshListener listener) {
    listeners.add(listener);
    return this;
  }

  /** Has deadlines, breakers and durations go by that time, for tests. */
  public MeshBuilder time(TimeSource source) {
    time = source;
    return this;
  }

  /** Has the mesh close this too, behind all stores that are declared later: a pool or a file that they stand on. */
  public MeshBuilder owns(AutoCloseable resource) {
    if (seen.add(resource)) {
      stores.add(resource);
    }
    return this;
  }

  /** The mesh. Throws {@link IllegalArgumentException} for a timeout of a class that was not declared. */
  public DataMesh build() {
    for (String name : timeouts.keySet()) {
      if (classes.stream().noneMatch(declared -> declared.name().equals(name))) {
        throw new IllegalArgumentException("timeout of \"" + name + "\" (expected: one of " + classes.stream()
            .map(DataClass::name)
            .toList() + ")");
      }
    }
    return new DataMesh(this);
  }

  // ---- for the mesh

  StoreCalls calls() {
    return new StoreCalls(time, defaults, limits, listeners);
  }

  Duration timeout(String name) {
    return timeouts.getOrDefault(name, TIMEOUT);
  }

  Map<String, Rows> sql() {
    return sql;
  }

  Map<String, Keys> kv() {
    return kv;
  }

  Map<String, MeshSink> events() {
    return events;
  }

  List<DataClass> classes() {
    return classes;
  }

  List<AutoCloseable> stores() {
    return stores;
  }

  /** A store that serves several classes is closed once. */
  private DataClass declare(DataClass declared, AutoCloseable store) {
    if (declared.name().isBlank() || classes.stream().anyMatch(c -> c.name().equals(declared.name()))) {
      throw new IllegalArgumentException("class \"" + declared.name() + "\" (expected: a name, declared once)");
    }
    classes.add(declared);
    owns(store);
    return declared;
  }
}
