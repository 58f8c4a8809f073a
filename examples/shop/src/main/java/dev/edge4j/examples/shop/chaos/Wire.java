package dev.edge4j.examples.shop.chaos;

import dev.edge4j.data.StoreException;

/** What stands between the shop and one of its stores, and decides what becomes of each call. Safe for use by many threads. */
public interface Wire {
  /** Returns if the call may go on to the store, perhaps after a while; {@link StoreException} if it does not get there. */
  void pass();

  /** The store has committed a transaction; {@link StoreException} if the answer does not come back. */
  default void committed() {
    // Answers come back.
  }
}
