package dev.edge4j.data.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.data.StoreException;
import dev.edge4j.kv.KvArguments;
import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvWatchers;
import dev.edge4j.kv.VersionedKv.Subscription;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table behind a {@link PostgresKv}: made when it is first used, watched when somebody asks, swept now and then. */
final class KvRelation implements AutoCloseable {
  /** What is done with a prepared statement of the table. */
  @FunctionalInterface
  interface Use<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  static final int SWEEP_ROWS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(KvRelation.class);
  private static final long SWEEP_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final PostgresDatabase database;
  private final String channel;
  private final KvSql sql;
  private final LongSupplier sweep;
  private final KvWatchers watchers = new KvWatchers();
  private final AtomicLong nextSweep = new AtomicLong(System.nanoTime());
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Notifications notifications;
  private boolean closed;
  private volatile boolean made;

  KvRelation(PostgresDatabase database, String channel, KvSql sql, LongSupplier sweep) {
    this.database = database;
    this.channel = channel;
    this.sql = sql;
    this.sweep = sweep;
  }

  <T> T read(String statement, Use<T> use) {
    make();
    return database.read(connection -> prepared(connection, statement, use));
  }

  <T> T write(String statement, Use<T> use) {
    make();
    return database.write(connection -> prepared(connection, statement, use));
  }

  /** Several writes, all or none. */
  <T> T writeAll(String statement, Use<T> use) {
    make();
    return database.transaction(Isolation.READ_COMMITTED, connection -> prepared(connection, statement, use));
  }

  /** Never makes its caller wait, and fails without him. */
  void sweepIfDue() {
    long due = nextSweep.get();
    long now = System.nanoTime();
    if (now - due >= 0 && nextSweep.compareAndSet(due, now + SWEEP_EVERY_NANOS)) {
      Thread.ofVirtual().name("postgres-kv-sweeper").start(this::sweepAll);
    }
  }

  Subscription watch(String prefix, Consumer<KvChange> listener) {
    KvArguments.prefix(prefix);
    lock.lock();
    try {
      if (closed) {
        throw database.errors().closed();
      }
      if (notifications == null) {
        notifications = new Notifications(database, channel, new Telling());
      }
    } finally {
      lock.unlock();
    }
    return watchers.add(prefix, listener);
  }

  /** A change as it is notified: what happened, and the key in letters that any encoding of a database has. */
  static String payload(KvChange change) {
    return (change.kind() == KvChange.Kind.PUT ? "P" : "D") + Base64.getEncoder()
        .encodeToString(change.key().getBytes(UTF_8));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (notifications != null) {
        notifications.close();
      }
    } finally {
      lock.unlock();
    }
    watchers.close();
  }

  private final class Telling implements Notifications.Listener {
    @Override
    public void received(List<PGNotification> received) {
      for (PGNotification one : received) {
        watchers.tell(change(one.getParameter()));
      }
    }

    @Override
    public void missed() {
      watchers.tell(KvChange.missed());
    }
  }

  /** What is not ours says that something has happened that we do not know. */
  private static KvChange change(String payload) {
    try {
      String key = new String(Base64.getDecoder().decode(payload.isEmpty() ? "" : payload.substring(1)), UTF_8);
      return switch (payload.isEmpty() ? ' ' : payload.charAt(0)) {
        case 'P' -> KvChange.put(key);
        case 'D' -> KvChange.deleted(key);
        default -> KvChange.missed();
      };
    } catch (IllegalArgumentException e) {
      LOG.debug("a notification that is not ours", e);
      return KvChange.missed();
    }
  }

  private void sweepAll() {
    try {
      long swept = sweep.getAsLong();
      while (swept == SWEEP_ROWS && !database.isClosed()) {
        swept = sweep.getAsLong();
      }
    } catch (StoreException e) { // the next one may do better
      LOG.debug("{}: expired rows could not be swept out", database.options().name(), e);
    }
  }

  private void make() {
    if (made) {
      return;
    }
    database.transaction(Isolation.READ_COMMITTED, connection -> {
      try (Statement statement = connection.createStatement()) {
        return statement.execute(sql.create());
      }
    });
    made = true;
  }

  private static <T> T prepared(Connection connection, String sql, Use<T> use) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return use.run(statement);
    }
  }
}
