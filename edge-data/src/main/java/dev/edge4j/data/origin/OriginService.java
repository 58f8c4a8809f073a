package dev.edge4j.data.origin;

import dev.edge4j.App;
import dev.edge4j.data.DataStore;
import dev.edge4j.env.Secret;
import dev.edge4j.middleware.BearerAuth;
import dev.edge4j.middleware.BodyLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Serves a {@link DataStore} to nodes at the edge over HTTP: the statements and operations that are registered here by name, and nothing else.
 * SQL never travels: what a node sends is looked up, and what is not found is refused.
 *
 * <p>{@link #app} is mounted wherever the origin likes: {@code app.mount("/data", service.app())}. Who asks shows one of the tokens
 * ({@code Authorization: Bearer}), so it belongs behind TLS. Bodies and rows have limits, and what a caller does not wait for any more
 * ({@link dev.edge4j.Deadline#HEADER}) is not begun. Immutable; safe for use by many threads.
 */
public final class OriginService {
  /** A query as registered. */
  record Query(RowShape shape, String sql) {}

  /** An operation as registered. */
  record Operation(OriginOperation<?, ?> operation, OriginWork<Object, Object> work) {}

  private final Builder registered;

  private OriginService(Builder registered) {
    this.registered = registered;
  }

  /** A service of that store, which must be a primary: it is the origin. The store stays its owner's to close. */
  public static Builder over(DataStore store) {
    if (store.replica().isPresent()) {
      throw new IllegalArgumentException("an origin service over a replica (expected: the store that is copied)");
    }
    return new Builder(store);
  }

  /** A new application that answers, to be mounted. */
  public App app() {
    var calls = new ServiceCalls(registered.store, Map.copyOf(registered.queries), Map.copyOf(registered.updates), Map
        .copyOf(registered.operations), registered.maxRows);
    var app = new App();
    BearerAuth auth = BearerAuth.token("edge", registered.tokens.getFirst().reveal());
    for (Secret next : registered.tokens.subList(1, registered.tokens.size())) {
      auth = auth.and("edge", next.reveal());
    }
    app.use(auth, BodyLimit.of(registered.maxBodyBytes));
    app.post("/query", calls::query);
    app.post("/update", calls::update);
    app.post("/call", calls::call);
    return app;
  }

  /** Registers what a service answers. Not safe for use by several threads. */
  public static final class Builder {
    private final DataStore store;
    private final List<Secret> tokens = new ArrayList<>();
    private final Map<String, Query> queries = new HashMap<>();
    private final Map<String, String> updates = new HashMap<>();
    private final Map<String, Operation> operations = new HashMap<>();
    private int maxRows = 10_000;
    private long maxBodyBytes = 1024 * 1024;

    private Builder(DataStore store) {
      this.store = store;
    }

    /** Takes that token: at least 16 characters from a random generator. Called again, takes that one too, while it replaces the first. */
    public Builder token(Secret token) {
      tokens.add(token);
      return this;
    }

    /**
     * A statement that reads, under a name; its rows leave as that record (or single type, see {@link dev.edge4j.data.Queries}), so what the record
     * has not stays here. A caller may name it by its text too, letter for letter: for classes of data that are also read on a replica.
     */
    public Builder query(String name, Class<?> rows, String sql) {
      register("query", name, sql, queries, new Query(RowShape.of(rows), sql));
      return this;
    }

    /** A statement that changes rows, under a name, or its text as in {@link #query}. */
    public Builder update(String name, String sql) {
      register("update", name, sql, updates, sql);
      return this;
    }

    /** An operation, which runs in one transaction. */
    public <A, R> Builder operation(OriginOperation<A, R> operation, OriginWork<A, R> work) {
      OriginWork<Object, Object> untyped = (tx, argument) -> work.run(tx, operation.argument().cast(argument));
      add("operation", operation.name(), operations, new Operation(operation, untyped));
      return this;
    }

    /** How many rows an answer may have; 10,000 unless said. */
    public Builder maxRows(int most) {
      if (most < 1) {
        throw new IllegalArgumentException("maxRows: " + most + " (expected: 1 or more)");
      }
      maxRows = most;
      return this;
    }

    /** How large a request may be; 1 MiB unless said. */
    public Builder maxBodyBytes(long most) {
      if (most < 1) {
        throw new IllegalArgumentException("maxBodyBytes: " + most + " (expected: 1 or more)");
      }
      maxBodyBytes = most;
      return this;
    }

    /** {@link IllegalArgumentException} without a token: there is no service for everybody. */
    public OriginService build() {
      if (tokens.isEmpty()) {
        throw new IllegalArgumentException("an origin service without a token (expected: token(...), at least one)");
      }
      var service = new OriginService(this);
      var _ = service.app(); // tokens that are none are found out here
      return service;
    }

    private static <T> void register(String kind, String name, String sql, Map<String, T> all, T value) {
      Names.check(kind, name);
      add(kind, name, all, value);
      add(kind, sql, all, value);
    }

    private static <T> void add(String kind, String name, Map<String, T> all, T value) {
      if (all.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException(kind + " \"" + name + "\" (expected: registered once)");
      }
    }
  }
}
