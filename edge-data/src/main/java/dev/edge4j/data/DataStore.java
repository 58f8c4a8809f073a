package dev.edge4j.data;

import dev.edge4j.Place;
import java.util.Optional;

/**
 * A store of rows that speaks SQL. Safe for use by many threads. Calls block, so never on an event loop; they throw
 * {@link StoreException} for what the store refuses.
 *
 * <p>{@link #query} only reads; what changes rows goes through {@link #update} or {@link #transaction} and is durable when they
 * return. Who writes a store of his own has it run {@code dev.edge4j.data.contract.DataStoreContract}.
 */
public interface DataStore extends Queries, AutoCloseable {
  /**
   * Runs work in one transaction, which is committed when the work returns and rolled back when it throws; what it throws is
   * thrown on. The work may run on another thread, holds the writer's place while it runs, and must not keep the
   * {@link Queries} it is given. A store where transactions run side by side runs the work again, from its start, after a conflict
   * with another, so it must have no effect but through them.
   */
  <T> T transaction(TransactionWork<T> work);

  /** What it runs on, as in {@code sqlite}. */
  String engine();

  /** Where it is, and why if not at the edge. */
  default Place place() {
    return Place.EDGE;
  }

  /**
   * Up to where this store has come: on a primary no earlier than any write it has acknowledged, on a replica no later than
   * what it has applied.
   */
  default Position position() {
    return Position.START;
  }

  /** What a copy of another store must tell; empty for a primary, which is never behind. */
  default Optional<Replica> replica() {
    return Optional.empty();
  }

  @Override
  void close();
}
