package dev.edge4j.cache.shared;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Work that must reach a store or a bus, sooner or later: at most one piece at a time for each key, and of those that wait for
 * one key only the newest. What fails stays, and is tried again until it succeeds: at first after {@link #FIRST_PAUSE}, then
 * after twice as long each time, up to {@link #LONGEST_PAUSE}, and at once when some other call has succeeded.
 *
 * <p>A piece that hangs keeps its key: what comes for the key meanwhile waits for it, so that an old write that arrives late
 * cannot bury a newer one. Who submitted it does not wait longer than its {@link Caller} does.
 *
 * <p>It is bounded. What {@link Work#mayBeDropped} goes first, the oldest first; if there is too much of what may not, all of
 * it is given up for one piece of work that makes good for all, under {@link #EVERYTHING}.
 */
final class Outbox {
  static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** The key of what stands for all that was given up; while it waits, every key is pending. */
  static final String EVERYTHING = "\0";

  /** The most keys that wait with work that may be dropped, and the most bytes of it. */
  record Limits(int keys, long bytes) {
    static final Limits DEFAULT = new Limits(10_000, 32 << 20);
    /** What may not be dropped is a key without a value, so there may be more of it. */
    private static final int NEEDED = 10;

    int needed() {
      return keys * NEEDED;
    }
  }

  /** Something to be done for a key. */
  interface Work {
    /** Throws if it could not be done; false if it was not done because it need not be any more. */
    boolean run();

    /** How much memory it holds on to while it waits. */
    default int bytes() {
      return 0;
    }

    /** True if nothing is wrong when it is never done. */
    default boolean mayBeDropped() {
      return false;
    }

    /** What is to be done for the key if this comes while {@code waiting} is not done, whose place it takes. */
    default Work over(Work waiting) {
      return this;
    }

    /** What is to be done if this is dropped or refused. */
    default Optional<Work> ifDropped() {
      return Optional.empty();
    }
  }

  /** A piece of work that waits, or is under way. {@code failed} is guarded by the lock. */
  private static final class Item {
    final Work work;
    /** What may not be dropped and was replaced by this: it comes back if this is dropped. */
    final Optional<Work> covered;
    final CompletableFuture<Boolean> done = new CompletableFuture<>();
    boolean failed;

    Item(Work work, Optional<Work> covered) {
      this.work = work;
      this.covered = covered.or(work::ifDropped);
    }
  }

  private final Caller caller;
  private final Limits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<String, Item> waiting = new LinkedHashMap<>();
  private final Set<String> busy = new HashSet<>();
  private final AtomicLong dropped = new AtomicLong();
  private long bytes;
  private int needed;
  private volatile Work forEverything = () -> true;
  private volatile boolean idle = true;
  private volatile boolean answered;
  private volatile @Nullable Thread replay;

  Outbox(Caller caller, Limits limits) {
    this.caller = caller;
    this.limits = limits;
  }

  /** What makes good for all that was given up. */
  void makesGoodForAll(Work work) {
    forEverything = work;
  }

  /** Pieces of work that were given up. */
  long dropped() {
    return dropped.get();
  }

  /** Keys that work waits for. */
  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** True while work for this key is not done. */
  boolean isPending(String key) {
    if (idle) {
      return false;
    }
    lock.lock();
    try {
      return waiting.containsKey(key) || waiting.containsKey(EVERYTHING);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does it, after what is under way for this key, or leaves it to be done later; it takes the place of what waits. True if it,
   * or what has taken its place, was done by now.
   */
  boolean submit(String key, Work work) {
    return caller.await(post(key, work));
  }

  /** As {@link #submit}, but without waiting unless what is called is local. */
  CompletableFuture<Boolean> post(String key, Work work) {
    Item item;
    boolean mine;
    lock.lock();
    try {
      item = add(key, work);
      mine = waiting.get(key) == item && busy.add(key);
    } finally {
      lock.unlock();
    }
    if (mine) {
      caller.start(() -> work(key));
    }
    return item.done;
  }

  /** Some call has succeeded, so that what failed may be worth a try. */
  void answered() {
    Thread sleeper = replay;
    if (sleeper != null) {
      answered = true;
      LockSupport.unpark(sleeper);
    }
  }

  private Item add(String key, Work given) {
    Item old = remove(key);
    Work work = old == null ? given : given.over(old.work);
    Optional<Work> covered = old == null || !work.mayBeDropped() ? Optional.empty()
        : old.work.mayBeDropped() ? old.covered : Optional.of(old.work);
    var item = new Item(work, covered);
    if (old != null) {
      CompletableFuture<Void> _ = item.done.thenAccept(old.done::complete);
    }
    if (work.mayBeDropped()) {
      makeRoom(work);
    } else if (needed >= limits.needed() && !key.equals(EVERYTHING)) {
      giveUp();
    }
    if (work.mayBeDropped() && !fits(work)) {
      dropped.incrementAndGet();
      drop(key, item);
    } else {
      put(key, item);
    }
    return item;
  }

  private boolean fits(Work work) {
    return waiting.size() - needed < limits.keys && bytes + work.bytes() <= limits.bytes;
  }

  private void makeRoom(Work work) {
    while (!fits(work)) {
      Optional<String> oldest = waiting.keySet()
          .stream()
          .filter(key -> !busy.contains(key) && item(key).work.mayBeDropped())
          .findFirst();
      if (oldest.isEmpty()) {
        return;
      }
      dropped.incrementAndGet();
      drop(oldest.get(), item(oldest.get()));
    }
  }

  private void drop(String key, Item item) {
    remove(key);
    item.done.complete(false);
    item.covered.ifPresent(work -> {
      var again = new Item(work, Optional.empty());
      again.failed = true;
      put(key, again);
      replayLater();
    });
  }

  private void giveUp() {
    for (String key : List.copyOf(waiting.keySet())) {
      if (!key.equals(EVERYTHING)) {
        dropped.incrementAndGet();
        item(key).done.complete(false);
        remove(key);
      }
    }
    var all = new Item(forEverything, Optional.empty());
    all.failed = true;
    put(EVERYTHING, all);
    replayLater();
  }

  private Item item(String key) {
    return Objects.requireNonNull(waiting.get(key));
  }

  private void put(String key, Item item) {
    idle = false;
    waiting.put(key, item);
    bytes += item.work.bytes();
    needed += item.work.mayBeDropped() ? 0 : 1;
  }

  private @Nullable Item remove(String key) {
    Item item = waiting.remove(key);
    if (item != null) {
      bytes -= item.work.bytes();
      needed -= item.work.mayBeDropped() ? 0 : 1;
      idle = waiting.isEmpty();
    }
    return item;
  }

  /** Works for one key until nothing waits for it, or until it fails. The key is busy with this thread. */
  private void work(String key) {
    Item last = null;
    while (true) {
      Item next;
      lock.lock();
      try {
        next = waiting.get(key);
        if (next == null || next == last) {
          busy.remove(key);
          return;
        }
      } finally {
        lock.unlock();
      }
      Caller.Outcome outcome = caller.attempt(next.work);
      ended(key, next, outcome);
      next.done.complete(outcome == Caller.Outcome.DONE);
      last = next;
    }
  }

  private void ended(String key, Item item, Caller.Outcome outcome) {
    lock.lock();
    try {
      if (waiting.get(key) != item) {
        return; // something newer waits
      }
      switch (outcome) {
        case DONE -> remove(key);
        case REFUSED -> drop(key, item);
        case FAILED -> {
          item.failed = true;
          replayLater();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void replayLater() {
    if (replay == null) {
      replay = Thread.ofVirtual().name("cache-outbox").unstarted(this::replay);
      replay.start();
    }
  }

  private void replay() {
    Duration pause = FIRST_PAUSE;
    while (true) {
      sleep(pause);
      Optional<List<String>> failed = failedOrEnd();
      if (failed.isEmpty()) {
        return;
      }
      boolean allDone = true;
      for (String key : failed.get()) {
        allDone = again(key);
        if (!allDone) {
          break;
        }
      }
      Duration doubled = pause.multipliedBy(2);
      pause = allDone ? FIRST_PAUSE : doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
  }

  /** Sleeps, but for {@link #FIRST_PAUSE} only if some call succeeds meanwhile. */
  private void sleep(Duration pause) {
    long began = System.nanoTime();
    long left = pause.toNanos();
    answered = false;
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = (answered ? FIRST_PAUSE : pause).toNanos() - (System.nanoTime() - began);
    }
  }

  /** The keys to try again; empty, and this replay at its end, if there are none. */
  private Optional<List<String>> failedOrEnd() {
    lock.lock();
    try {
      List<String> failed = new ArrayList<>();
      waiting.forEach((key, item) -> {
        if (item.failed) {
          failed.add(key);
        }
      });
      if (failed.isEmpty()) {
        replay = null;
        return Optional.empty();
      }
      return Optional.of(failed);
    } finally {
      lock.unlock();
    }
  }

  private boolean again(String key) {
    var done = new CompletableFuture<Boolean>();
    lock.lock();
    try {
      Item failed = waiting.get(key);
      if (failed == null || !failed.failed || busy.contains(key)) {
        return true;
      }
      var retry = new Item(failed.work, failed.covered);
      remove(key);
      put(key, retry);
      busy.add(key);
      CompletableFuture<Void> _ = retry.done.thenAccept(done::complete);
    } finally {
      lock.unlock();
    }
    caller.start(() -> work(key));
    return caller.await(done);
  }
}
