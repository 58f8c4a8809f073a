package dev.edge4j.state;

import dev.edge4j.state.store.Commit;
import dev.edge4j.state.store.Fence;
import dev.edge4j.state.store.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** A store whose disk is as slow as a test wants it: commits are held back until they are let through, or fail. */
final class HeldStore {
  private record Held(Commit commit, CompletableFuture<Object> answer) {}

  private final ObjectStore store;
  private final Deque<Held> held = new ArrayDeque<>();
  private boolean holding;

  HeldStore(ObjectStore store) {
    this.store = store;
  }

  /** The store, to open objects over. */
  ObjectStore asStore() {
    return (ObjectStore) Proxy.newProxyInstance(ObjectStore.class.getClassLoader(), new Class<?>[]{ObjectStore.class},
        (_, method, arguments) -> {
          if (method.getName().equals("commit")) {
            return commit((Commit) arguments[0]);
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  /** From now on commits are held back. */
  synchronized void hold() {
    holding = true;
  }

  /** Waits until so many are held back. */
  void awaitHeld(int number) {
    while (held() < number) {
      Thread.onSpinWait();
    }
  }

  synchronized int held() {
    return held.size();
  }

  /** Lets one through, and waits until it is on disk or has failed. */
  void releaseOne() {
    Held first = next();
    release(first.commit(), first);
  }

  /** Lets one through that had been applied already when the fence broke, as one of the same group is. */
  void releaseApplied() {
    Held first = next();
    Commit c = first.commit();
    release(new Commit(c.id(), new Fence(), c.at(), c.row(), c.slots(), c.alarms(), c.attributes(), c.reply(), c
        .messages(), c.dead()), first);
  }

  private void release(Commit commit, Held first) {
    CompletableFuture<?> done = store.commit(commit).whenComplete((value, e) -> {
      if (e == null) {
        first.answer().complete(String.valueOf(value));
      } else {
        first.answer().completeExceptionally(e);
      }
    });
    done.exceptionally(_ -> null).join();
  }

  /** Lets all through and holds no more. */
  void release() {
    while (held() > 0) {
      releaseOne();
    }
    synchronized (this) {
      holding = false;
    }
  }

  /** Has the fence of the last that is held broken, as a store does that has noticed a failure but is not done with its group. */
  synchronized void breakLast() {
    held.getLast().commit().fence().breakDown();
  }

  /** Fails one without doing it. */
  void failOne() {
    Held first = next();
    first.commit().fence().breakDown();
    first.answer()
        .completeExceptionally(new ObjectException(first.commit().id() + ": the disk is on fire", Outcome.UNKNOWN));
  }

  private synchronized Held next() {
    return held.remove();
  }

  private synchronized CompletableFuture<?> commit(Commit commit) {
    if (!holding) {
      return store.commit(commit);
    }
    var answer = new CompletableFuture<>();
    held.add(new Held(commit, answer));
    return answer;
  }
}
