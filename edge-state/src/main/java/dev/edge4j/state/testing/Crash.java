package dev.edge4j.state.testing;

import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.Outcome;
import dev.edge4j.state.runtime.Step;
import dev.edge4j.state.runtime.Steps;
import dev.edge4j.state.store.Commit;
import dev.edge4j.state.store.Fence;
import dev.edge4j.state.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The end of one world: once it has come, no thread of it takes another step, reads or commits. What was handed to the store and is not
 * yet applied is refused there by its fence, so that the disk holds what it held at that moment, but for a group that was being
 * flushed: that is there as a whole or not, as after a real crash.
 */
final class Crash implements Steps {
  /** Ends the thread that comes to a step after the end. */
  static final class Ended extends Error {
    private static final long serialVersionUID = 1L;

    Ended() {
      super("the process has crashed, as the test wanted");
    }
  }

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Set<Fence> inFlight = ConcurrentHashMap.newKeySet();
  private final AtomicInteger left = new AtomicInteger();
  private volatile @Nullable Step at;
  private volatile boolean ended;

  /** Ends the world at the n-th such step from now. */
  void at(Step step, int number) {
    at = null;
    left.set(number);
    at = step;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Ends the world here and now. */
  void end() {
    ended = true;
    lock.writeLock().lock(); // whoever is handing over has done so
    try {
      inFlight.forEach(Fence::breakDown);
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void at(Step step, ObjectId id) {
    if (!ended && step == at && left.decrementAndGet() == 0) {
      end();
    }
    if (ended) {
      throw new Ended();
    }
  }

  /** The store as the world sees it. */
  ObjectStore over(ObjectStore store) {
    return (ObjectStore) Proxy.newProxyInstance(ObjectStore.class.getClassLoader(), new Class<?>[]{ObjectStore.class},
        (_, method, arguments) -> switch (method.getName()) {
          case "close" -> null; // the harness closes it
          case "commit" -> commit(store, (Commit) arguments[0]);
          default -> other(store, method, arguments);
        });
  }

  private CompletableFuture<?> commit(ObjectStore store, Commit commit) {
    lock.readLock().lock();
    try {
      if (ended) {
        return CompletableFuture.failedFuture(new ObjectException(commit.id() + ": the process has crashed",
            Outcome.NOT_EXECUTED));
      }
      Fence fence = commit.fence();
      inFlight.add(fence);
      return store.commit(commit).whenComplete((_, _) -> inFlight.remove(fence));
    } finally {
      lock.readLock().unlock();
    }
  }

  private @Nullable Object other(ObjectStore store, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (ended) {
      throw new UncheckedIOException(new IOException("the process has crashed"));
    }
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
