package dev.edge4j.data;

import dev.edge4j.Context;
import dev.edge4j.Key;
import dev.edge4j.Place;
import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * The classes of data of a program: each has a name, a store, a promise and a place. The mesh keeps the promises: a replica that
 * lags too far is not read, a read after a write waits for the write or goes to the origin, a strong read never touches a
 * replica, and writes go to the origin. A replica that fails is left for the origin too. Safe for use by many threads.
 *
 * <p>Rows are read and written through a {@link MeshSession}. Closing the mesh closes its stores, the last declared first.
 */
public final class DataMesh implements AutoCloseable {
  /** A class of rows, as declared. */
  record SqlClass(String name, DataStore store, Promise.Sql promise) {}

  private final Key<MeshSession> requestSession = Key.named("the mesh session of the request");
  private final Map<String, SqlClass> sql;
  private final Map<String, KvStore> kv;
  private final Map<String, EventSink> events;
  private final List<DataClass> classes;
  private final Deque<AutoCloseable> stores;

  private DataMesh(Builder builder) {
    this.sql = Map.copyOf(builder.sql);
    this.kv = Map.copyOf(builder.kv);
    this.events = Map.copyOf(builder.events);
    this.classes = List.copyOf(builder.classes);
    this.stores = new ConcurrentLinkedDeque<>(builder.stores);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A session of someone of whom nothing is known: until he writes, read-after-write classes are read at the origin. */
  public MeshSession session() {
    return new MeshSession(this, Optional.empty(), false);
  }

  /**
   * A session for when {@link #session()} has failed: it asks no origin of a replica, and reads the replica however far behind, up to
   * what {@link Promise.Eventual#staleIfError} of its class allows. What it reads belongs in no cache as if it were fresh.
   */
  public MeshSession staleSession() {
    return new MeshSession(this, Optional.empty(), true);
  }

  /** A session that goes on where a visitor's bookmark ends. */
  public MeshSession session(Bookmark bookmark) {
    return new MeshSession(this, Optional.of(bookmark), false);
  }

  /** The session of a request, the same for all its handlers: it reads what it wrote, and until then as {@link #session()}. */
  public MeshSession session(Context c) {
    return c.get(requestSession).orElseGet(() -> {
      MeshSession session = session();
      c.set(requestSession, session);
      return session;
    });
  }

  /** The keys and values of a class, held to its ttl. */
  public KvStore kv(String name) {
    return known("key-value", kv, name);
  }

  /** The events of a class, batched as promised. */
  public EventSink events(String name) {
    return known("event", events, name);
  }

  /** All classes in the order of their declaration. */
  public List<DataClass> describe() {
    return classes;
  }

  /** Closes all stores, the last declared first. One that fails does not keep the others open. */
  @Override
  public void close() {
    RuntimeException first = null;
    for (AutoCloseable store = stores.pollLast(); store != null; store = stores.pollLast()) {
      try {
        store.close();
      } catch (Exception e) {
        first = add(first, e);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  SqlClass sqlClass(String name) {
    return known("SQL", sql, name);
  }

  private static <T> T known(String kind, Map<String, T> all, String name) {
    T found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no " + kind + " class \"" + name + "\" in the mesh (expected: one of "
          + all.keySet().stream().sorted().toList() + ")");
    }
    return found;
  }

  private static RuntimeException add(@Nullable RuntimeException first, Exception next) {
    if (first != null) {
      first.addSuppressed(next);
      return first;
    }
    return next instanceof RuntimeException e ? e
        : new StoreException(StoreException.Reason.FAILED, "a store cannot be closed: " + next.getMessage(), next);
  }

  /** Declares classes of data. Not safe for use by several threads. */
  public static final class Builder {
    private final Map<String, SqlClass> sql = new LinkedHashMap<>();
    private final Map<String, KvStore> kv = new LinkedHashMap<>();
    private final Map<String, EventSink> events = new LinkedHashMap<>();
    private final List<DataClass> classes = new ArrayList<>();
    private final List<AutoCloseable> stores = new ArrayList<>();
    private final Set<AutoCloseable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Builder() {}

    /** A class of rows, in the place its store says. */
    public Builder sql(String name, DataStore store, Promise.Sql promise) {
      return sql(name, store, promise, store.place());
    }

    /** A class of rows in a place; throws {@link IllegalArgumentException} if the store cannot keep the promise. */
    public Builder sql(String name, DataStore store, Promise.Sql promise, Place place) {
      if (promise instanceof Promise.Strong && store.replica().isPresent()) {
        throw new IllegalArgumentException("class \"" + name + "\" is strong() on a replica (expected: its origin, or "
            + "eventual(...) or readAfterWrite())");
      }
      declare(new DataClass(name, DataClass.Kind.SQL, promise, place, store.engine()), store);
      sql.put(name, new SqlClass(name, store, promise));
      return this;
    }

    /** A class of keys and values at the edge. */
    public Builder kv(String name, KvStore store, Promise.Kv promise) {
      return kv(name, store, promise, Place.EDGE);
    }

    /** A class of keys and values in a place. */
    public Builder kv(String name, KvStore store, Promise.Kv promise, Place place) {
      declare(new DataClass(name, DataClass.Kind.KV, promise, place, store.getClass().getSimpleName()), store);
      Duration atMost = switch (promise) {
        case Promise.Ttl ttl -> ttl.atMost();
      };
      kv.put(name, new TtlKv(store, atMost));
      return this;
    }

    /** A class of events at the edge. */
    public Builder events(String name, EventSink sink, Promise.Events promise) {
      return events(name, sink, promise, Place.EDGE);
    }

    /** A class of events in a place. */
    public Builder events(String name, EventSink sink, Promise.Events promise, Place place) {
      EventSink batching = switch (promise) {
        case Promise.Batched batched -> new BatchingSink(sink, batched.count(), batched.delay());
      };
      declare(new DataClass(name, DataClass.Kind.EVENTS, promise, place, sink.engine()), batching);
      events.put(name, batching);
      return this;
    }

    public DataMesh build() {
      return new DataMesh(this);
    }

    /** A store that serves several classes is closed once. */
    private void declare(DataClass declared, AutoCloseable store) {
      if (declared.name().isBlank() || classes.stream().anyMatch(c -> c.name().equals(declared.name()))) {
        throw new IllegalArgumentException("class \"" + declared.name() + "\" (expected: a name, declared once)");
      }
      classes.add(declared);
      if (seen.add(store)) {
        stores.add(store);
      }
    }
  }
}
