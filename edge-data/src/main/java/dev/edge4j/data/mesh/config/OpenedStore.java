package dev.edge4j.data.mesh.config;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.EventSink;
import dev.edge4j.data.StoreLimits;
import dev.edge4j.kv.KvStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a {@link StoreProvider} has opened: a place for rows, for keys and values, for events, or for several of these in one. Immutable.
 *
 * <p>Rows are shared by all classes of data that name the store. Keys and events are made for each class, by its name.
 */
public final class OpenedStore {
  private final Optional<DataStore> rows;
  private final Optional<Function<String, KvStore>> keys;
  private final Optional<Function<String, EventSink>> events;
  private final List<AutoCloseable> resources;
  private final Optional<StoreLimits> limits;

  private OpenedStore(Optional<DataStore> rows, Optional<Function<String, KvStore>> keys,
      Optional<Function<String, EventSink>> events, List<AutoCloseable> resources, Optional<StoreLimits> limits) {
    this.rows = rows;
    this.keys = keys;
    this.events = events;
    this.resources = List.copyOf(resources);
    this.limits = limits;
  }

  /** Nothing yet: goes on with the methods below. */
  public static OpenedStore create() {
    return new OpenedStore(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
  }

  /** Keeps rows in that store, which the mesh closes. */
  public OpenedStore rows(DataStore store) {
    return new OpenedStore(Optional.of(store), keys, events, resources, limits);
  }

  /** Keeps keys and values in what this makes for a class; the mesh closes each. */
  public OpenedStore keys(Function<String, KvStore> byClass) {
    return new OpenedStore(rows, Optional.of(byClass), events, resources, limits);
  }

  /** Hands events to what this makes for a class; the mesh closes each. */
  public OpenedStore events(Function<String, EventSink> byClass) {
    return new OpenedStore(rows, keys, Optional.of(byClass), resources, limits);
  }

  /** Something below all of them, which the mesh closes behind them: a pool, a file. */
  public OpenedStore closing(AutoCloseable resource) {
    var more = new ArrayList<>(resources);
    more.add(resource);
    return new OpenedStore(rows, keys, events, more, limits);
  }

  /** Held to these limits; a store that it makes for a class to a set of its own. */
  OpenedStore limits(StoreLimits own) {
    return new OpenedStore(rows, keys, events, resources, Optional.of(own));
  }

  Optional<StoreLimits> limits() {
    return limits;
  }

  /** The store of rows, for a store that copies this one; empty if it has none. */
  public Optional<DataStore> rows() {
    return rows;
  }

  Optional<KvStore> keysOf(String name) {
    return keys.map(make -> make.apply(name));
  }

  Optional<EventSink> eventsOf(String name) {
    return events.map(make -> make.apply(name));
  }

  List<AutoCloseable> resources() {
    return resources;
  }
}
