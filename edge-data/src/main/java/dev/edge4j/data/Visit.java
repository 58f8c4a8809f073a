package dev.edge4j.data;

import dev.edge4j.Deadline;
import dev.edge4j.Timings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/** What a session knows of its visitor and has done for him. Safe for use by many threads; gates ask it, so nothing here waits for long. */
final class Visit {
  /** A session that reads more than this keeps the last ones only. */
  private static final int SERVED_KEPT = 64;

  private final boolean known;
  private final boolean stale;
  private final Optional<Timings> timings;
  private final AtomicReference<Bookmark> bookmark;
  private final Set<String> degraded = new ConcurrentSkipListSet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Served> served = new ArrayList<>();
  private volatile boolean wrote;
  private volatile Deadline deadline = Deadline.none();

  /**
   * A visit that begins.
   *
   * @param brought the visitor's bookmark; empty if it is not known what he has written
   * @param stale whether it is one of {@link DataMesh#staleSession}
   */
  Visit(Optional<Bookmark> brought, boolean stale, Optional<Timings> timings) {
    this.known = brought.isPresent();
    this.stale = stale;
    this.timings = timings;
    this.bookmark = new AtomicReference<>(brought.orElse(Bookmark.NONE));
  }

  boolean isKnown() {
    return known;
  }

  boolean isStale() {
    return stale;
  }

  Optional<Timings> timings() {
    return timings;
  }

  Bookmark bookmark() {
    return bookmark.get();
  }

  Optional<Position> seen(String name) {
    return Optional.ofNullable(bookmark.get().positions().get(name));
  }

  void moveOn(String name, Position position) {
    bookmark.updateAndGet(before -> before.with(name, position));
  }

  boolean hasWritten() {
    return wrote;
  }

  void written() {
    wrote = true;
  }

  Deadline deadline() {
    return deadline;
  }

  void until(Deadline newDeadline) {
    deadline = newDeadline;
  }

  Set<String> degraded() {
    return degraded;
  }

  void note(Served read) {
    if (read.by() == Served.By.STALE_REPLICA) {
      degraded.add(read.name());
    }
    lock.lock();
    try {
      if (served.size() == SERVED_KEPT) {
        served.removeFirst();
      }
      served.add(read);
    } finally {
      lock.unlock();
    }
  }

  List<Served> served() {
    lock.lock();
    try {
      return List.copyOf(served);
    } finally {
      lock.unlock();
    }
  }
}
