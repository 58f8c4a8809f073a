package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.Position;
import dev.edge4j.data.Replica;
import dev.edge4j.data.Search;
import dev.edge4j.data.SearchIndex;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.TransactionWork;
import dev.edge4j.examples.shop.chain.Patience;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The catalogue near the visitors: rows of its own, which {@link StockFeed} keeps up with the origin, and how far behind they may be. A read
 * that hangs fails soon enough for the origin to be asked instead. Safe for use by many threads.
 */
public final class EdgeCopy implements DataStore, Replica, Search {
  /** The tables of the copy. */
  public static final Migrations MIGRATIONS = Migrations.resources(EdgeCopy.class, "1_catalogue.sql", "2_as_of.sql",
      "3_facets.sql");

  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final Patience patience;
  private final DataStore rows;
  private final DataStore origin;
  private final InstantSource clock;
  private final AtomicReference<Instant> asOf = new AtomicReference<>(Instant.EPOCH);
  private final AtomicBoolean prepared = new AtomicBoolean();

  /** A copy in that store, of what is sold by that origin; a read waits {@code patience} times as long as usual. */
  public EdgeCopy(DataStore rows, DataStore origin, InstantSource clock, int patience) {
    this.patience = new Patience(PATIENCE.multipliedBy(patience), 64);
    this.rows = rows;
    this.origin = origin;
    this.clock = clock;
  }

  /** Changes the rows, as the feed alone may; see {@link DataStore#transaction}. */
  <T> T apply(TransactionWork<T> work) {
    return rows.transaction(work);
  }

  /** A row for its feed, which has time. */
  <T> Optional<T> readOne(Class<T> type, String sql) {
    return rows.queryOne(type, sql);
  }

  /** Now it has all that the origin had at that time. */
  void caughtUp(Instant time) {
    asOf.accumulateAndGet(time, (before, now) -> now.isAfter(before) ? now : before);
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    return patience.with("the edge copy", () -> rows.query(type, sql, args));
  }

  @Override
  public void prepare(SearchIndex index) {
    searching().prepare(index);
    prepared.set(true);
  }

  @Override
  public <T> List<T> search(SearchIndex index, Class<T> type, String words, int limit, int offset) {
    Search search = searching();
    if (!prepared.get()) {
      prepare(index);
    }
    return patience.with("the edge copy", () -> search.search(index, type, words, limit, offset));
  }

  private Search searching() {
    if (rows instanceof Search search) {
      return search;
    }
    throw new IllegalArgumentException("the rows of the edge copy are on " + rows.engine()
        + ", which cannot search (expected: a store that is a Search)");
  }

  @Override
  public long update(String sql, Map<String, ?> args) {
    throw refused();
  }

  @Override
  public <T> T transaction(TransactionWork<T> work) {
    throw refused();
  }

  @Override
  public String engine() {
    return rows.engine();
  }

  @Override
  public Optional<Replica> replica() {
    return Optional.of(this);
  }

  @Override
  public Duration lag() {
    if (asOf.get().equals(Instant.EPOCH)) {
      caughtUp(remembered());
    }
    Duration lag = Duration.between(asOf.get(), clock.instant());
    return lag.isNegative() ? Duration.ZERO : lag;
  }

  /** As {@link #lag}, of what was carried over since the start, without a look at the rows: never blocks. More than a year if that is nothing yet. */
  public Duration lagNow() {
    Duration lag = Duration.between(asOf.get(), clock.instant());
    return lag.isNegative() ? Duration.ZERO : lag;
  }

  /** Always false: the copy promises no visitor his own writes, so nobody waits for it. */
  @Override
  public boolean reached(Position position, Duration atMost) {
    return false;
  }

  @Override
  public Optional<DataStore> origin() {
    return Optional.of(origin);
  }

  @Override
  public void close() {
    rows.close();
  }

  /** As of when the rows are by their own account; since ever if they cannot be read now. */
  private Instant remembered() {
    try {
      return queryOne(Instant.class, "SELECT as_of FROM stock_feed").orElse(Instant.EPOCH);
    } catch (StoreException unreadable) {
      return Instant.EPOCH;
    }
  }

  private static StoreException refused() {
    return new StoreException(StoreException.Reason.FAILED, "the edge copy is written by its feed alone");
  }
}
