package dev.edge4j.state.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A list of things to be done, kept in the store until they are. Safe for use by many threads. */
interface Source<W> {
  /** How a run has ended. */
  enum Ending {
    /** All that could be done is done. */
    DONE,
    /** There may be more of the same. */
    MORE,
    /** Now it cannot be done; nothing has been counted as failed. */
    LATER
  }

  /** What the log calls them. */
  String name();

  /** What is due, a page of it, in an order that does not change. */
  List<W> due(Instant now, Optional<W> after, int limit);

  /** When the next thing after now is due. */
  Optional<Instant> next(Instant now);

  /** Of things with equal keys one runs at a time. */
  Object key(W due);

  /** The namespace whose code it needs. */
  String namespace(W due);

  /**
   * Does it, and what else of its key is due, as it stands now: that may have changed since it was found. Ends early when told to stop. What it throws means
   * {@link Ending#LATER}, and is told in the log.
   */
  Ending run(W due, BooleanSupplier stop);
}
