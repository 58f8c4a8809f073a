package dev.edge4j.data;

import dev.edge4j.Context;
import dev.edge4j.EventStream;
import dev.edge4j.Key;
import dev.edge4j.Timings;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.VersionedKv;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The classes of data of a program: each has a name, a store, a promise and a place. The mesh keeps the promises: a replica that
 * lags too far is not read, a read after a write waits for the write or goes to the origin, a strong read never touches a
 * replica, and writes go to the origin. A replica that fails is left for the origin too. Safe for use by many threads.
 *
 * <p>Rows are read and written through a {@link MeshSession}. Closing the mesh closes its stores, the last declared first.
 */
public final class DataMesh implements AutoCloseable {
  private final Key<MeshSession> requestSession = Key.named("the mesh session of the request");
  private final Key<Supplier<Optional<Bookmark>>> brought = Key.named("the bookmark that the visitor has brought");
  private final Map<String, SqlClass> sql = new LinkedHashMap<>();
  private final Map<String, KvStore> kv = new LinkedHashMap<>();
  private final Map<String, MeshSink> events;
  private final List<DataClass> classes;
  private final Deque<AutoCloseable> stores;
  private final StoreCalls calls;

  DataMesh(MeshBuilder builder) {
    this.calls = builder.calls();
    this.events = Map.copyOf(builder.events());
    this.classes = List.copyOf(builder.classes());
    this.stores = new ConcurrentLinkedDeque<>(builder.stores());
    builder.sql()
        .forEach((name, rows) -> sql.put(name, new SqlClass(rows.declared(), rows.store(), rows.promise(), builder
            .timeout(name))));
    builder.kv().forEach((name, keys) -> kv.put(name, switch (keys.promise()) {
      case Promise.Ttl ttl -> TtlKv.of(keys.store(), ttl.atMost(), new KvAround(name, keys.store(), ttl, builder
          .timeout(
              name), calls));
    }));
    events.forEach((name, sink) -> sink.start(calls, builder.timeout(name)));
  }

  public static MeshBuilder builder() {
    return new MeshBuilder();
  }

  // ---- rows

  /** A session of someone of whom nothing is known: until he writes, read-after-write classes are read at the origin. */
  public MeshSession session() {
    return begin(Optional.empty(), false);
  }

  /**
   * A session for when {@link #session()} has failed: it asks no origin of a replica, and reads the replica however far behind, up to
   * what {@link Promise.Eventual#staleIfError} of its class allows. What it reads belongs in no cache as if it were fresh.
   */
  public MeshSession staleSession() {
    return begin(Optional.empty(), true);
  }

  /** A session that goes on where a visitor's bookmark ends. */
  public MeshSession session(Bookmark bookmark) {
    return begin(Optional.of(bookmark), false);
  }

  /**
   * The session of a request, the same for all its handlers. Behind {@link MeshBookmarks} it goes on where the visitor's bookmark ends,
   * else it reads what it wrote, and until then as {@link #session()}. Its calls end with the request's deadline, and show in its
   * {@link Context#timings}.
   */
  public MeshSession session(Context c) {
    MeshSession session = c.get(requestSession).orElseGet(() -> {
      MeshSession begun = new MeshSession(this, new Visit(c.get(brought).flatMap(Supplier::get), false, Optional.of(c
          .timings())), Optional.empty());
      c.set(requestSession, begun);
      return begun;
    });
    session.visit().until(c.deadline()); // a middleware between may have set one
    return session;
  }

  /**
   * Tells a listener what each commit changes in tables of a class of data; see {@link ChangeFeed#watch}. On a copy, once the change can
   * be read there. {@link IllegalArgumentException} if the class's store tells no changes.
   */
  public ChangeFeed.Subscription watch(String name, Set<String> tables, Consumer<List<RowChange>> listener) {
    tables.forEach(table -> Names.check("table", table));
    DataStore store = sqlClass(name).store();
    if (store instanceof ChangeFeed feed) {
      return feed.watch(tables, listener);
    }
    throw new IllegalArgumentException("class \"" + name + "\" is on " + store.engine()
        + ", which tells no changes (expected: a store that is a ChangeFeed)");
  }

  /**
   * The same as server-sent events, for {@link Context#sse}: each is called {@code change}, and its data is a {@link RowChange} as JSON,
   * {@code {"table":"products","kind":"UPDATED","key":"7"}}. A client that is slower than the changes is told {@code ALL} in their
   * place, as is one whose connection was lost: the first event of each table is that.
   */
  public EventStream.Source changes(String name, Set<String> tables) {
    return new ChangeStream(listener -> watch(name, tables, listener), tables);
  }

  // ---- keys and values, events

  /** The keys and values of a class, held to its ttl; a {@link VersionedKv} if its store is one. */
  public KvStore kv(String name) {
    return known("key-value", kv, name);
  }

  /** The same for a store with versions; {@link IllegalArgumentException} if it has none. */
  public VersionedKv versionedKv(String name) {
    KvStore store = kv(name);
    if (store instanceof VersionedKv versioned) {
      return versioned;
    }
    throw new IllegalArgumentException("class \"" + name
        + "\" is on a store without versions (expected: a VersionedKv)");
  }

  /**
   * The events of a class, batched or direct as promised. One that is direct on an {@link IdempotentSink} is one itself, so that
   * {@code dev.edge4j.data.outbox.Outbox} over it counts no event twice.
   */
  public EventSink events(String name) {
    return known("event", events, name);
  }

  /** What became of the events of a class so far. */
  public EventCounts eventCounts(String name) {
    return known("event", events, name).counts();
  }

  // ---- all of them

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

  // ---- for the sessions and the gate

  SqlClass sqlClass(String name) {
    return known("SQL", sql, name);
  }

  /** The classes of which bookmarks speak. */
  Set<String> readAfterWriteClasses() {
    return sql.values()
        .stream()
        .filter(SqlClass::isReadAfterWrite)
        .map(SqlClass::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  StoreCalls calls() {
    return calls;
  }

  /** What the gate that knows the visitor's bookmark says about it, once somebody asks for a session. */
  void bring(Context c, Supplier<Optional<Bookmark>> bookmark) {
    c.set(brought, bookmark);
  }

  /** The session of a request, if somebody has asked for it. */
  Optional<MeshSession> askedFor(Context c) {
    return c.get(requestSession);
  }

  private MeshSession begin(Optional<Bookmark> bookmark, boolean stale) {
    return new MeshSession(this, new Visit(bookmark, stale, Optional.empty()), Optional.empty());
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
}
