package dev.edge4j.data.postgres;

import dev.edge4j.data.ChangeFeed;
import dev.edge4j.data.RowChange;
import dev.edge4j.data.postgres.ChangeTriggers.Table;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes by triggers and NOTIFY: a notification is delivered after its commit is visible, in the order of commits. */
final class PostgresChangeFeed implements ChangeFeed, Notifications.Listener, AutoCloseable {
  private record Watcher(Set<String> tables, Consumer<List<RowChange>> listener) {}

  /** What one notification says. */
  private record Told(String transaction, List<RowChange> changes) {}

  private static final Logger LOG = LoggerFactory.getLogger(PostgresChangeFeed.class);
  private static final TypeRef<List<Object>> PAYLOAD = new TypeRef<>() {};

  private final PostgresDatabase database;
  private final JsonCodec json = JsonCodec.jackson();
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final ReentrantLock starting = new ReentrantLock();
  /** Held while listeners are told, so that who ends a subscription knows that its listener is told no more. */
  private final ReentrantLock telling = new ReentrantLock();
  private @Nullable Notifications notifications;

  PostgresChangeFeed(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public Subscription watch(Set<String> tables, Consumer<List<RowChange>> listener) {
    List<Table> found = find(tables);
    database.transaction(Isolation.READ_COMMITTED, connection -> {
      ChangeTriggers.create(connection, found);
      return 0;
    });
    var watched = new TreeSet<String>();
    for (Table table : found) {
      names.put(String.valueOf(table.oid()), table.name());
      watched.add(table.name());
    }
    start();
    var watcher = new Watcher(watched, listener);
    watchers.add(watcher);
    return () -> {
      telling.lock();
      try {
        watchers.remove(watcher);
      } finally {
        telling.unlock();
      }
    };
  }

  private List<Table> find(Set<String> tables) {
    return database.read(connection -> {
      var found = new ArrayList<Table>();
      for (String table : tables) {
        found.add(ChangeTriggers.find(connection, table)
            .orElseThrow(() -> new IllegalArgumentException("table: \"" + table
                + "\" (expected: one of the database's)")));
      }
      return found;
    });
  }

  private void start() {
    starting.lock();
    try {
      if (notifications == null) {
        notifications = new Notifications(database, ChangeTriggers.CHANNEL, this);
      }
    } finally {
      starting.unlock();
    }
  }

  /** One call of the listeners for each transaction: its notifications follow each other. */
  @Override
  public void received(List<PGNotification> all) {
    String transaction = "";
    var changes = new ArrayList<RowChange>();
    for (PGNotification one : all) {
      Told told = read(one.getParameter());
      if (!told.transaction.equals(transaction)) {
        tell(changes);
        changes.clear();
        transaction = told.transaction;
      }
      changes.addAll(told.changes);
    }
    tell(changes);
  }

  @Override
  public void missed() {
    tell(names.values().stream().distinct().map(RowChange::all).toList());
  }

  private void tell(List<RowChange> changes) {
    telling.lock();
    try {
      for (Watcher watcher : watchers) {
        List<RowChange> his = changes.stream().filter(change -> watcher.tables.contains(change.table())).toList();
        if (!his.isEmpty()) {
          tell(watcher, his);
        }
      }
    } finally {
      telling.unlock();
    }
  }

  private void tell(Watcher watcher, List<RowChange> changes) {
    try {
      watcher.listener.accept(changes);
    } catch (RuntimeException e) { // the others must still be told
      LOG.error("{}: a listener of changes failed", database.options().name(), e);
    }
  }

  /** {@code ["transaction", "table's oid", [["I", "key"], ...]]}; what is none was not sent by our triggers, and is nothing. */
  private Told read(String payload) {
    List<Object> parts = json.read(payload.getBytes(StandardCharsets.UTF_8), PAYLOAD);
    String table = names.get(String.valueOf(parts.get(1)));
    var changes = new ArrayList<RowChange>();
    if (table != null && parts.get(2) instanceof List<?> rows) {
      for (Object row : rows) {
        if (row instanceof List<?> change) {
          changes.add(new RowChange(table, kind(String.valueOf(change.get(0))), String.valueOf(change.get(1))));
        }
      }
    }
    return new Told(String.valueOf(parts.getFirst()), changes);
  }

  private static RowChange.Kind kind(String letter) {
    return switch (letter) {
      case "I" -> RowChange.Kind.INSERTED;
      case "U" -> RowChange.Kind.UPDATED;
      case "D" -> RowChange.Kind.DELETED;
      default -> RowChange.Kind.ALL;
    };
  }

  @Override
  public void close() {
    starting.lock();
    try {
      Notifications running = notifications;
      if (running != null) {
        running.close();
      }
    } finally {
      starting.unlock();
    }
  }
}
