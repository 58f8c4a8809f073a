package dev.edge4j.data;

import java.time.Duration;
import java.util.Optional;

/**
 * One call that a mesh has made to a store, as a {@link MeshListener} is told of it. A read whose replica fails is two calls.
 *
 * @param name the class of data
 * @param kind what was done
 * @param engine what the store runs on
 * @param by how the store stands to the class of data
 * @param asked the promise of the class
 * @param lag how far behind the replica was; empty if no replica was asked for its age
 * @param why why it was not the nearest store; empty if it was
 * @param took from asking for a place at the store to the end
 * @param failure what it threw
 */
public record MeshCall(String name, Kind kind, String engine, Served.By by, Promise asked, Optional<Duration> lag,
    String why, Duration took, Optional<Throwable> failure) {
  /** What was done. */
  public enum Kind {
    READ, WRITE, KEYS, EVENTS
  }

  /** What consistency the answer has: the promise for a replica that keeps it, {@code stale}, else {@code strong()}. */
  public String given() {
    return switch (by) {
      case STALE_REPLICA -> "stale";
      case REPLICA -> asked.toString();
      case PRIMARY, ORIGIN -> asked instanceof Promise.Sql ? "strong()" : asked.toString();
    };
  }
}
