package dev.edge4j.data.mesh.config;

import dev.edge4j.Place;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.EventSink;
import dev.edge4j.data.MeshBuilder;
import dev.edge4j.data.Promise;
import dev.edge4j.data.Promises;
import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One class of data in a mesh file. Which kind it is, its settings tell: {@code consistency} is of rows, {@code ttl} of keys and values,
 * {@code batch} and {@code delay} are of events, and so is {@code direct}.
 */
record ClassSection(ConfigSection values, String store, Promise promise, Optional<Place> place,
    Optional<Duration> timeout) {
  private static final Set<String> SHARED = Set.of("store", "region", "reason", "timeout");
  private static final Set<String> SQL = Set.of("consistency", "maxLag", "staleIfError", "serveStale");
  private static final Set<String> KV = Set.of("ttl");
  private static final Set<String> EVENTS = Set.of("batch", "delay");
  private static final Set<String> DIRECT = Set.of("direct");
  private static final List<String> CONSISTENCIES = List.of("eventual", "read-after-write", "strong");

  /** Reads it wholly, so that nothing is found wrong later. */
  static ClassSection of(ConfigSection values) {
    var all = new TreeSet<>(SHARED);
    List.of(SQL, KV, EVENTS, DIRECT).forEach(all::addAll);
    values.allow(all);
    Promise promise;
    if (values.has("consistency")) {
      promise = sql(only(values, SQL));
    } else if (values.has("ttl")) {
      promise = Promises.ttl(only(values, KV).duration("ttl"));
    } else if (values.has("batch") || values.has("delay")) {
      promise = events(only(values, EVENTS));
    } else if (values.has("direct")) {
      promise = direct(only(values, DIRECT));
    } else {
      throw new MeshConfigException(values.path()
          + " says no promise (expected: consistency for rows, ttl for keys and "
          + "values, batch and delay or direct for events)");
    }
    return new ClassSection(values, values.text("store"), promise, place(values), values.has("timeout")
        ? Optional.of(values.duration("timeout"))
        : Optional.empty());
  }

  /** Declares it on a store that was opened for it. */
  void declare(String name, OpenedStore opened, MeshBuilder builder) {
    try {
      declareOn(name, opened, builder);
    } catch (IllegalArgumentException e) { // a promise that the store cannot keep, a name that makes no table
      throw new MeshConfigException(values.path() + ": " + e.getMessage(), e);
    }
  }

  private void declareOn(String name, OpenedStore opened, MeshBuilder builder) {
    switch (promise) {
      case Promise.Sql sql -> {
        DataStore rows = opened.rows().orElseThrow(() -> refused("rows"));
        builder.sql(name, rows, sql, place.orElseGet(rows::place));
      }
      case Promise.Kv kv -> {
        KvStore keys = opened.keysOf(name).orElseThrow(() -> refused("keys and values"));
        builder.kv(name, keys, kv, place.orElse(Place.EDGE));
        opened.limits().ifPresent(limits -> builder.limits(keys, limits));
      }
      case Promise.Events events -> {
        EventSink sink = opened.eventsOf(name).orElseThrow(() -> refused("events"));
        builder.events(name, sink, events, place.orElse(Place.EDGE));
        opened.limits().ifPresent(limits -> builder.limits(sink, limits));
      }
    }
    timeout.ifPresent(longest -> builder.timeout(name, longest));
  }

  private MeshConfigException refused(String what) {
    return values.wrong("store", "a store of " + what + ", which this is not");
  }

  private static ConfigSection only(ConfigSection values, Set<String> own) {
    var known = new HashSet<>(SHARED);
    known.addAll(own);
    values.allow(known);
    return values;
  }

  private static Promise.Sql sql(ConfigSection values) {
    String consistency = values.text("consistency");
    if (!CONSISTENCIES.contains(consistency)) {
      throw values.wrong("consistency", ConfigSection.suggestion(consistency, CONSISTENCIES));
    }
    if (consistency.equals("eventual")) {
      return eventual(values);
    }
    only(values, Set.of("consistency"));
    return consistency.equals("strong") ? Promises.strong() : Promises.readAfterWrite();
  }

  private static Promise.Eventual eventual(ConfigSection values) {
    Promise.Eventual promise = Promises.eventual(values.duration("maxLag"));
    if (values.has("serveStale")) {
      if (values.has("staleIfError")) {
        throw values.wrong("staleIfError", "one of staleIfError and serveStale, which is the same for every session");
      }
      return promise.serveStale(atLeast(values, "serveStale", promise.maxLag()));
    }
    return values.has("staleIfError") ? promise.staleIfError(atLeast(values, "staleIfError", promise.maxLag()))
        : promise;
  }

  private static Duration atLeast(ConfigSection values, String key, Duration least) {
    Duration given = values.duration(key);
    if (given.compareTo(least) < 0) {
      throw values.wrong(key, "at least the maxLag");
    }
    return given;
  }

  private static Promise.Events events(ConfigSection values) {
    int count = values.integer("batch");
    if (count < 1) {
      throw values.wrong("batch", "1 or more");
    }
    return Promises.batched(count, values.duration("delay"));
  }

  private static Promise.Events direct(ConfigSection values) {
    if (!values.flag("direct")) {
      throw values.wrong("direct", "true, or batch and delay in its place");
    }
    return Promises.direct();
  }

  private static Optional<Place> place(ConfigSection values) {
    if (!values.has("region") && !values.has("reason")) {
      return Optional.empty();
    }
    String reason = values.text("reason");
    if (reason.isBlank()) {
      throw values.wrong("reason", "why it cannot be at the edge");
    }
    return Optional.of(values.has("region") ? Place.origin(values.text("region"), reason) : Place.origin(reason));
  }
}
