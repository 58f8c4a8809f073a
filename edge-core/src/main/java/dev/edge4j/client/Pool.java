package dev.edge4j.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections of HTTP/1.1 to one origin: so many at a time, the one that rested least used first. Nothing is done under the lock but to look at
 * the list. Safe for use by many threads.
 */
final class Pool {
  private final OriginOptions options;
  private final Semaphore places;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Link> resting = new ArrayDeque<>();
  private boolean closed;
  private boolean lookedAfter;

  Pool(OriginOptions options) {
    this.options = options;
    this.places = new Semaphore(options.maxConnections(), true);
  }

  /** Takes a place, for a connection that rests or a new one; to be {@linkplain #leave left}. */
  void enter(Patience patience) throws IOException {
    boolean free;
    try {
      free = places.tryAcquire(patience.millis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a connection to the origin");
    }
    if (!free) {
      throw OriginException.busy("all " + options.maxConnections() + " connections to the origin are in use");
    }
  }

  void leave() {
    places.release();
  }

  /** A connection that rests and is as it was left, if there is one. */
  Optional<Link> take() {
    while (true) {
      Link link = newest();
      if (link == null) {
        return Optional.empty();
      }
      if (!link.isOlderThan(idleNanos()) && link.isQuiet()) {
        return Optional.of(link);
      }
      link.abort();
    }
  }

  private @Nullable Link newest() {
    lock.lock();
    try {
      return resting.pollFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Lets it rest. True if nobody looks after those that rest: from then on somebody has to {@link #sweep}, until it says that none are left. */
  boolean rest(Link link) {
    lock.lock();
    try {
      if (!closed) {
        resting.addFirst(link);
        boolean alone = !lookedAfter;
        lookedAfter = true;
        return alone;
      }
    } finally {
      lock.unlock();
    }
    link.abort();
    return false;
  }

  /** Closes those that have rested for too long. True if some are left. */
  boolean sweep() {
    List<Link> old = new ArrayList<>();
    boolean left;
    lock.lock();
    try {
      while (!resting.isEmpty() && resting.getLast().isOlderThan(idleNanos())) {
        old.add(resting.removeLast());
      }
      left = !resting.isEmpty();
      lookedAfter = left;
    } finally {
      lock.unlock();
    }
    old.forEach(Link::abort);
    return left;
  }

  private long idleNanos() {
    return options.timeouts().idle().toNanos();
  }

  /** Closes what rests, now and later. */
  void close() {
    List<Link> all;
    lock.lock();
    try {
      closed = true;
      all = List.copyOf(resting);
      resting.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(Link::abort);
  }
}
