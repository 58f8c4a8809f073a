package dev.edge4j.data;

import java.time.Duration;
import java.util.Optional;

/** How a copy stands to the store it copies. One that cannot tell throws a {@link StoreException}, and is left for its origin. Safe for use by many threads. */
public interface Replica {
  /** An upper bound of how old what it shows may be. Grows while the link to the origin is down. */
  Duration lag();

  /** Whether it has applied everything up to {@code position}, after waiting for it no longer than {@code atMost}. */
  boolean reached(Position position, Duration atMost);

  /** Where writes go, and reads that the copy must not answer; empty if it cannot be reached from here. */
  Optional<DataStore> origin();
}
