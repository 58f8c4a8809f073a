package dev.edge4j.data.replica;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How old a copy is, without comparing two clocks and without writing at the origin: we note our time, then ask the origin for its
 * position; once the copy has come to that position it is as fresh as of that time. What is not known counts as old, so the age is
 * never understated, and it grows by itself while the origin is out of reach. Times are those of {@link System#nanoTime}. Not safe for
 * use by several threads.
 */
final class Freshness {
  /** More are not kept; to drop one makes the copy look older, never younger. */
  private static final int KEPT = 4_096;

  private record Probe(long nanos, long lsn) {}

  private final ArrayDeque<Probe> waiting = new ArrayDeque<>();
  private long freshAsOf;
  private boolean known;

  /** The origin was at a position some time after {@code nanos}. */
  void asked(long nanos, long lsn, long applied) {
    if (waiting.size() < KEPT) {
      waiting.add(new Probe(nanos, lsn));
    }
    applied(applied);
  }

  /** The copy has come to a position. */
  void applied(long lsn) {
    for (Probe next = waiting.peek(); next != null && next.lsn <= lsn; next = waiting.peek()) {
      waiting.remove();
      freshSince(next.nanos);
    }
  }

  /** The copy is known to be as of a time. */
  void freshSince(long nanos) {
    if (!known || nanos - freshAsOf > 0) {
      freshAsOf = nanos;
      known = true;
    }
  }

  /** Positions of another history say nothing about this one. */
  void forgetProbes() {
    waiting.clear();
  }

  /** As of when it is, if that is known. */
  OptionalLong freshAsOf() {
    return known ? OptionalLong.of(freshAsOf) : OptionalLong.empty();
  }

  /** How old it is at most; empty if that is not known. */
  Optional<Duration> age(long nowNanos) {
    return known ? Optional.of(Duration.ofNanos(nowNanos - freshAsOf)) : Optional.empty();
  }
}
