package dev.edge4j.kv;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of a store, for who implements {@link VersionedKv#watch}: takes changes without ever waiting and tells each listener
 * on a virtual thread of its own, which lives while there is something to tell. A listener that falls behind by more than
 * {@value #MAX_WAITING} changes is told MISSED instead of them. Safe for use by many threads.
 */
public final class KvWatchers implements AutoCloseable {
  static final int MAX_WAITING = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(KvWatchers.class);

  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Without listeners. */
  public KvWatchers() {}

  /** Tells a listener of the changes that are told from now on. */
  public VersionedKv.Subscription add(String prefix, Consumer<KvChange> listener) {
    KvArguments.prefix(prefix);
    var watcher = new Watcher(prefix, listener);
    watchers.add(watcher);
    if (closed) {
      watcher.close();
      throw new IllegalStateException("the store is closed (expected: watch before close)");
    }
    return watcher;
  }

  /** True if nobody listens: a change need not be made then. */
  public boolean isEmpty() {
    return watchers.isEmpty();
  }

  /** Hands a change to those whose prefix it has, MISSED to all. Call it after the change can be read. */
  public void tell(KvChange change) {
    for (Watcher watcher : watchers) {
      if (change.kind() == KvChange.Kind.MISSED || change.key().startsWith(watcher.prefix)) {
        watcher.offer(change);
      }
    }
  }

  /** Ends all subscriptions. */
  @Override
  public void close() {
    closed = true;
    watchers.forEach(Watcher::close);
  }

  /** One listener and what waits for it. */
  private final class Watcher implements VersionedKv.Subscription {
    private final String prefix;
    private final Consumer<KvChange> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<KvChange> waiting = new ArrayDeque<>();
    private boolean running;
    private volatile boolean over;

    Watcher(String prefix, Consumer<KvChange> listener) {
      this.prefix = prefix;
      this.listener = listener;
    }

    void offer(KvChange change) {
      lock.lock();
      try {
        if (waiting.size() >= MAX_WAITING || change.kind() == KvChange.Kind.MISSED) {
          waiting.clear();
          waiting.add(KvChange.missed());
        } else {
          waiting.add(change);
        }
        if (!running) {
          running = true;
          Thread.ofVirtual().name("kv-watcher " + prefix).start(this::tellAll);
        }
      } finally {
        lock.unlock();
      }
    }

    private void tellAll() {
      for (KvChange change = next(); change != null; change = next()) {
        try {
          listener.accept(change);
        } catch (Throwable e) { // whatever it throws, the next change must be told
          LOG.warn("a listener of keys {}* failed", prefix, e);
        }
      }
    }

    private @Nullable KvChange next() {
      lock.lock();
      try {
        KvChange change = over ? null : waiting.poll();
        running = change != null;
        return change;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      over = true;
      watchers.remove(this);
    }
  }
}
