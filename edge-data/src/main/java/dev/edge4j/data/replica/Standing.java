package dev.edge4j.data.replica;

import dev.edge4j.data.Position;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.replica.ReplicaStatus.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Where a replica stands, for all who ask and all who wait. Safe for use by many threads. */
final class Standing {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Freshness freshness = new Freshness();
  private Position applied = Position.START;
  private long confirmed;
  private State state = State.CONNECTING;
  private String why = "";
  private @Nullable Path file;
  private long lastAnswer = System.nanoTime();
  private long oldestBehind = Long.MAX_VALUE;

  /** A file answers from now on, which is at a position; what was known of another history counts no more. */
  void serves(Path path, Position position, Optional<Long> freshNanos) {
    with(() -> {
      file = path;
      if (!applied.history().equals(position.history())) {
        freshness.forgetProbes();
      }
      applied = position;
      freshNanos.ifPresent(freshness::freshSince);
      freshness.applied(position.offset());
      oldestBehind = Long.MAX_VALUE;
    });
  }

  void applied(long lsn) {
    with(() -> {
      applied = new Position(applied.history(), lsn);
      freshness.applied(lsn);
      oldestBehind = Long.MAX_VALUE;
    });
  }

  /** The origin has told a position, asked at {@code nanos}. One of another history than the copy's says nothing of its age. */
  void asked(String history, long nanos, long lsn) {
    with(() -> {
      lastAnswer = System.nanoTime();
      if (applied.history().equals(history)) {
        freshness.asked(nanos, lsn, applied.offset());
        oldestBehind = lsn > applied.offset() ? Math.min(oldestBehind, nanos) : Long.MAX_VALUE;
      }
    });
  }

  /** Whether the origin has neither answered nor sent what it is known to have, since {@code nanos}. */
  boolean silentSince(long nanos) {
    lock.lock();
    try {
      return lastAnswer - nanos < 0 || (oldestBehind != Long.MAX_VALUE && oldestBehind - nanos < 0);
    } finally {
      lock.unlock();
    }
  }

  void confirmed(long lsn) {
    with(() -> confirmed = lsn);
  }

  void state(State is, String reason) {
    with(() -> {
      if (state != State.CLOSED) {
        state = is;
        why = reason;
      }
    });
  }

  ReplicaStatus status(Path base) {
    lock.lock();
    try {
      return new ReplicaStatus(state, why, applied, confirmed, file == null ? base : file);
    } finally {
      lock.unlock();
    }
  }

  Position position() {
    lock.lock();
    try {
      return applied;
    } finally {
      lock.unlock();
    }
  }

  boolean reached(Position position, Duration atMost) {
    return await(() -> has(position) || state == State.CLOSED, atMost, () -> has(position));
  }

  /** Waits until a file answers, or until the origin refuses or the replica is closed. Whether one does. */
  boolean awaitFile(Duration atMost) {
    return await(() -> file != null || state == State.REFUSED || state == State.CLOSED, atMost, () -> file != null);
  }

  boolean awaitFollowing(Duration atMost) {
    return await(() -> state == State.FOLLOWING || state == State.CLOSED, atMost, () -> state == State.FOLLOWING);
  }

  Duration lag() {
    lock.lock();
    try {
      return freshness.age(System.nanoTime())
          .orElseThrow(() -> new StoreException(Reason.FAILED, "how old the copy is is not known yet" + (why.isEmpty()
              ? ""
              : ": " + why)));
    } finally {
      lock.unlock();
    }
  }

  /** As of when the copy is, by this machine's wall clock, for the next process to know; zero if that is not known. */
  long freshMillis() {
    lock.lock();
    try {
      return freshness.age(System.nanoTime()).map(age -> System.currentTimeMillis() - age.toMillis() - 1).orElse(0L);
    } finally {
      lock.unlock();
    }
  }

  /** Before the first commit everybody is; positions of another history are never reached, and the origin is asked instead. */
  private boolean has(Position position) {
    boolean comparable = position.history().equals(applied.history());
    return position.equals(Position.START) || (comparable && applied.offset() >= position.offset());
  }

  private boolean await(BooleanSupplier done, Duration atMost, BooleanSupplier result) {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!done.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return result.getAsBoolean();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return result.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  private void with(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
