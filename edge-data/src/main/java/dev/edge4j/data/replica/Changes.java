package dev.edge4j.data.replica;

import dev.edge4j.data.ChangeFeed.Subscription;
import dev.edge4j.data.RowChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what has changed, on a thread of its own, so that a slow one does not hold up the copy. Who falls behind by more than
 * the queue holds is told that anything may have changed. Changes are gathered by the thread that follows the origin; the rest is safe
 * for use by many threads.
 */
final class Changes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
  /** Commits that may wait for the listeners. */
  private static final int QUEUE = 1_024;
  /** A commit that changes more rows than this is told by its tables. */
  private static final int LISTED = 10_000;

  private final CopyOnWriteArrayList<Watch> watches = new CopyOnWriteArrayList<>();
  private final BlockingQueue<List<RowChange>> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicBoolean missed = new AtomicBoolean();
  private final Thread teller;
  private final List<RowChange> gathered = new ArrayList<>();
  private final Set<String> whole = new HashSet<>();
  private volatile boolean closed;

  Changes(String name) {
    this.teller = Thread.ofVirtual().name("replica changes " + name).start(this::tell);
  }

  Subscription watch(Set<String> tables, Consumer<List<RowChange>> listener) {
    var watch = new Watch(Set.copyOf(tables), listener);
    watches.add(watch);
    return watch;
  }

  /** Whether anybody watches a table. */
  boolean wants(String table) {
    for (Watch watch : watches) {
      if (watch.tables.contains(table)) {
        return true;
      }
    }
    return false;
  }

  /** A change that is not committed yet. */
  void add(RowChange change) {
    if (!wants(change.table()) || whole.contains(change.table())) {
      return;
    }
    if (gathered.size() < LISTED && change.kind() != RowChange.Kind.ALL) {
      gathered.add(change);
      return;
    }
    gathered.removeIf(c -> c.table().equals(change.table()));
    gathered.add(RowChange.all(change.table()));
    whole.add(change.table());
  }

  /** What was added is committed and can be read. */
  void publish() {
    if (!gathered.isEmpty() && !queue.offer(List.copyOf(gathered))) {
      missed.set(true);
    }
    drop();
  }

  /** What was added was not committed. */
  void drop() {
    gathered.clear();
    whole.clear();
  }

  /** Anything may have changed: what can be read now is another copy. */
  void missed() {
    drop();
    missed.set(true);
    boolean _ = queue.offer(List.of()); // if it is full, it will be looked at anyway
  }

  @Override
  public void close() {
    closed = true;
    teller.interrupt();
  }

  private void tell() {
    while (!closed) {
      try {
        List<RowChange> changes = queue.take();
        if (missed.getAndSet(false)) {
          queue.clear();
          watches.forEach(Watch::all);
        } else {
          watches.forEach(watch -> watch.tell(changes));
        }
      } catch (InterruptedException _) {
        return; // closed
      }
    }
  }

  private final class Watch implements Subscription {
    private final Set<String> tables;
    private final Consumer<List<RowChange>> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean ended;

    private Watch(Set<String> tables, Consumer<List<RowChange>> listener) {
      this.tables = tables;
      this.listener = listener;
    }

    private void all() {
      call(tables.stream().sorted().map(RowChange::all).toList());
    }

    private void tell(List<RowChange> changes) {
      List<RowChange> mine = changes.stream().filter(change -> tables.contains(change.table())).toList();
      if (!mine.isEmpty()) {
        call(mine);
      }
    }

    /** Held while the listener runs, so that {@link #close} returns after its last call. */
    private void call(List<RowChange> changes) {
      lock.lock();
      try {
        if (!ended) {
          listener.accept(changes);
        }
      } catch (RuntimeException e) {
        LOG.error("a listener of row changes failed", e);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      watches.remove(this);
      lock.lock();
      try {
        ended = true;
      } finally {
        lock.unlock();
      }
    }
  }
}
