package dev.edge4j.data.sqlite;

import dev.edge4j.data.ChangeFeed.Subscription;
import dev.edge4j.data.RowChange;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what commits have changed, on a thread of its own, so that no listener holds the writer. A bounded number of changes
 * waits: past it they become one {@link RowChange#all} for each table.
 */
final class ChangeListeners implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeListeners.class);
  private static final int MOST_WAITING = 100_000;

  private final class Listener implements Subscription {
    private final Set<String> tables;
    private final Consumer<List<RowChange>> told;
    private final Consumer<Set<String>> ended;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean closed;

    Listener(Set<String> tables, Consumer<List<RowChange>> told, Consumer<Set<String>> ended) {
      this.tables = Set.copyOf(tables);
      this.told = told;
      this.ended = ended;
    }

    void tell(List<RowChange> changes) {
      List<RowChange> wanted = changes.stream().filter(change -> tables.contains(change.table())).toList();
      turn.lock();
      try {
        if (!wanted.isEmpty() && !closed) {
          told.accept(wanted);
        }
      } catch (RuntimeException | Error e) { // the others are told all the same
        LOG.error("a listener to the changes of {} has failed", tables, e);
      } finally {
        turn.unlock();
      }
    }

    /** Waits for a call that is under way, unless it comes out of that very call. */
    @Override
    public void close() {
      turn.lock();
      try {
        if (closed) {
          return;
        }
        closed = true;
        listeners.remove(this);
      } finally {
        turn.unlock();
      }
      ended.accept(tables);
    }
  }

  private final String name;
  private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<List<RowChange>> waiting = new ArrayDeque<>();
  private int waitingChanges;
  private boolean started;
  private boolean closed;

  ChangeListeners(String name) {
    this.name = name;
  }

  /** From now on the listener is told; {@code ended} gets its tables when it is no longer. */
  Subscription add(Set<String> tables, Consumer<List<RowChange>> told, Consumer<Set<String>> ended) {
    var listener = new Listener(tables, told, ended);
    listeners.add(listener);
    lock.lock();
    try {
      if (!started && !closed) {
        started = true;
        Thread.ofVirtual().name(name).start(this::run);
      }
    } finally {
      lock.unlock();
    }
    return listener;
  }

  boolean wants(String table) {
    return listeners.stream().anyMatch(listener -> listener.tables.contains(table));
  }

  /** Never waits for a listener. */
  void tell(List<RowChange> changes) {
    lock.lock();
    try {
      if (waitingChanges + changes.size() > MOST_WAITING) {
        waiting.add(changes);
        Set<String> tables = waiting.stream().flatMap(List::stream).map(RowChange::table).collect(Collectors.toSet());
        waiting.clear();
        waitingChanges = 0;
        changes = tables.stream().sorted().map(RowChange::all).toList();
      }
      waiting.add(changes);
      waitingChanges += changes.size();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Tells what still waits, and no more. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (List<RowChange> changes = next(); !changes.isEmpty(); changes = next()) {
      List<RowChange> now = changes;
      listeners.forEach(listener -> listener.tell(now));
    }
  }

  /** Waits; empty once it is closed and all is told. */
  private List<RowChange> next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<RowChange> changes = waiting.isEmpty() ? List.of() : waiting.remove();
      waitingChanges -= changes.size();
      return changes;
    } finally {
      lock.unlock();
    }
  }
}
