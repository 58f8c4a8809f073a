package dev.edge4j.data.outbox;

import dev.edge4j.data.JsonEvent;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.sqlite.SqlConnection;
import dev.edge4j.data.sqlite.SqliteDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The events of an outbox on disk. What a method has done is durable when it returns, and each does all of it or nothing. Appending is for
 * many threads, delivering for one.
 */
final class OutboxStore implements AutoCloseable {
  /** What a write has changed: events that wait and their bytes, events set aside, events dropped. */
  record Change(long events, long bytes, long aside, long dropped) {
    static final Change NONE = new Change(0, 0, 0, 0);
  }

  /** How much there is. */
  private record Total(long events, long bytes, long aside, long asideBytes) {}

  private record Sized(long id, long bytes) {}

  private record Bounds(long first, long last, String token, int failures) {}

  private final SqliteDatabase database;
  private final InstantSource clock;
  /** On the writer's thread alone. A write that fails leaves a gap, which is no harm. */
  private long lastId;

  private OutboxStore(SqliteDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    database.write(c -> {
      c.execute(OutboxSql.CREATE);
      lastId = one(c, OutboxSql.LAST_ID);
      return lastId;
    });
  }

  static OutboxStore open(Path file, InstantSource clock) {
    SqliteDatabase database = SqliteDatabase.open(file);
    try {
      return new OutboxStore(database, clock);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** What is there from before. */
  Change found() {
    Total total = database.read(OutboxStore::total);
    return new Change(total.events, total.bytes, total.aside, 0);
  }

  /** Takes events; with a token, as a batch that was tried under it already. Throws if they find no room. */
  Change append(List<JsonEvent> events, Optional<String> token, OutboxOptions.Bound bound) {
    List<byte[]> bodies = events.stream().map(event -> event.json().getBytes(StandardCharsets.UTF_8)).toList();
    long bytes = bodies.stream().mapToLong(body -> body.length).sum();
    if (events.size() > bound.events() || bytes > bound.bytes()) {
      throw new IllegalArgumentException(events.size() + " events of " + bytes + " bytes at once (expected: at most "
          + bound.events() + " and " + bound.bytes() + ", the bound of the outbox)");
    }
    return database.write(c -> {
      Change room = room(c, events.size(), bytes, bound);
      long first = lastId + 1;
      for (int i = 0; i < bodies.size(); i++) {
        c.update(OutboxSql.INSERT, ++lastId, events.get(i).type(), bodies.get(i).length, events.get(i).json());
      }
      if (token.isPresent()) {
        c.update(OutboxSql.KEEP_BATCH, first, lastId, token.get(), 0);
      }
      c.update(OutboxSql.ADD, events.size(), bytes, 0, 0);
      return new Change(room.events + events.size(), room.bytes + bytes, room.aside, room.dropped);
    });
  }

  /** The batch that is next; its bounds are on disk when this returns. */
  Optional<KeptBatch> next(OutboxOptions.Batch limits) {
    Optional<Bounds> bounds = database.write(c -> {
      Optional<Long> oldest = c.queryOne(OutboxSql.FIRST_EVENT, row -> row.getLong(1));
      if (oldest.isEmpty()) {
        return Optional.empty();
      }
      Optional<Bounds> kept = c.queryOne(OutboxSql.BATCH, row -> new Bounds(row.getLong(1), row.getLong(2), row
          .getString(3), row.getInt(4)));
      if (kept.isPresent() && kept.get().first <= oldest.get()) {
        return kept;
      }
      return Optional.of(cut(c, oldest.get(), kept.map(Bounds::first).orElse(Long.MAX_VALUE), limits));
    });
    return bounds.map(this::load);
  }

  private static Bounds cut(SqlConnection c, long from, long before, OutboxOptions.Batch limits) throws SQLException {
    long bytes = 0;
    long last = from;
    for (Sized event : c.query(OutboxSql.SIZES, row -> new Sized(row.getLong(1), row.getLong(2)), from, before, limits
        .events())) {
      bytes += event.bytes;
      if (bytes > limits.bytes() && event.id > from) {
        break;
      }
      last = event.id;
    }
    var bounds = new Bounds(from, last, UUID.randomUUID().toString(), 0);
    c.update(OutboxSql.KEEP_BATCH, bounds.first, bounds.last, bounds.token, 0);
    return bounds;
  }

  private KeptBatch load(Bounds bounds) {
    var ids = new ArrayList<Long>();
    List<JsonEvent> events = database.readLong(c -> c.query(OutboxSql.EVENTS, row -> {
      ids.add(row.getLong(1));
      return new JsonEvent(row.getString(2), row.getString(3));
    }, bounds.first, bounds.last));
    return new KeptBatch(bounds.first, bounds.last, bounds.token, bounds.failures, ids, events);
  }

  /** The sink has taken a batch. */
  Change delivered(KeptBatch batch) {
    return database.write(c -> remove(c, batch, false));
  }

  private static Change remove(SqlConnection c, KeptBatch batch, boolean aside) throws SQLException {
    long bytes = one(c, OutboxSql.BYTES, batch.first(), batch.last());
    long events = c.update(OutboxSql.DELETE, batch.first(), batch.last());
    c.update(OutboxSql.DELETE_BATCH, batch.first());
    c.update(OutboxSql.ADD, -events, -bytes, aside ? events : 0, aside ? bytes : 0);
    return new Change(-events, -bytes, aside ? events : 0, 0);
  }

  /**
   * The sink says that events of a batch are at fault. After so many attempts the batch is cut in two, each half with one attempt left,
   * until the events that are at fault are alone and set aside: the others need not suffer. The halves have new tokens, which is right because
   * the sink takes all of a batch or none.
   */
  Change refused(KeptBatch batch, String error, int attempts) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    return database.write(c -> {
      if (batch.failures() + 1 < attempts) {
        c.update(OutboxSql.COUNT_FAILURE, batch.first());
        return Change.NONE;
      }
      if (batch.size() == 1) {
        c.update(OutboxSql.SET_ASIDE, error, now, batch.first());
        return remove(c, batch, true);
      }
      long middle = batch.ids().get(batch.size() / 2);
      long before = batch.ids().get(batch.size() / 2 - 1);
      c.update(OutboxSql.DELETE_BATCH, batch.first());
      c.update(OutboxSql.KEEP_BATCH, batch.first(), before, UUID.randomUUID().toString(), attempts - 1);
      c.update(OutboxSql.KEEP_BATCH, middle, batch.last(), UUID.randomUUID().toString(), attempts - 1);
      return Change.NONE;
    });
  }

  /** The oldest events that were set aside. */
  List<SetAside> aside(int limit) {
    return database.readLong(c -> c.query(OutboxSql.ASIDE, row -> new SetAside(new JsonEvent(row.getString(1), row
        .getString(2)), row.getString(3), Instant.ofEpochMilli(row.getLong(4))), limit));
  }

  /** Puts up to a thousand events that were set aside behind those that wait. */
  Change retryAside() {
    return database.write(c -> {
      long bytes = 0;
      List<Sized> all = c.query(OutboxSql.ASIDE_SIZES, row -> new Sized(row.getLong(1), row.getLong(2)));
      for (Sized event : all) {
        c.update(OutboxSql.ASIDE_AGAIN, ++lastId, event.id);
        c.update(OutboxSql.DELETE_ASIDE, event.id);
        bytes += event.bytes;
      }
      c.update(OutboxSql.ADD, all.size(), bytes, -all.size(), -bytes);
      return new Change(all.size(), bytes, -all.size(), 0);
    });
  }

  /** The newest event that waits. */
  long lastEvent() {
    return database.read(c -> one(c, OutboxSql.LAST_EVENT));
  }

  /** Whether an event waits that is no newer. */
  boolean anyUpTo(long id) {
    return database.read(c -> c.queryOne(OutboxSql.ANY_UP_TO, row -> row.getLong(1), id)).isPresent();
  }

  Path file() {
    return database.file();
  }

  @Override
  public void close() {
    database.close();
  }

  // ---- on the writer's thread

  private Change room(SqlConnection c, long events, long bytes, OutboxOptions.Bound bound) throws SQLException {
    Total total = total(c);
    long tooMany = total.events + total.aside + events - bound.events();
    long tooLarge = total.bytes + total.asideBytes + bytes - bound.bytes();
    if (tooMany <= 0 && tooLarge <= 0) {
      return Change.NONE;
    }
    Change room = Change.NONE;
    if (bound.whenFull() == OutboxOptions.WhenFull.DROP_OLDEST) {
      var drop = new Dropping(c, tooMany, tooLarge);
      room = drop.run();
      if (drop.isEnough()) {
        return room;
      }
    }
    throw new StoreException(Reason.BUSY, "outbox " + database.file() + " is full: " + (total.events + total.aside)
        + " events, " + (total.bytes + total.asideBytes) + " bytes (expected: room for " + events + " of " + bytes
        + ", within " + bound.events() + " events, " + bound.bytes() + " bytes)");
  }

  private static Total total(SqlConnection c) throws SQLException {
    return c.queryOne(OutboxSql.TOTAL, row -> new Total(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
        .orElseThrow();
  }

  private static long one(SqlConnection c, String sql, Object... args) throws SQLException {
    return c.queryOne(sql, row -> row.getLong(1), args).orElseThrow();
  }
}
