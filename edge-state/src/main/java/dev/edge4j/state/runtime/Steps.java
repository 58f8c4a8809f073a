package dev.edge4j.state.runtime;

import dev.edge4j.state.ObjectId;

/** Hears of every step. It may end the process, or throw an {@link Error} that stands for its end. Called by many threads. */
@FunctionalInterface
public interface Steps {
  /** Hears nothing. */
  Steps NONE = (_, _) -> {};

  /** A step of an object has been taken. */
  void at(Step step, ObjectId id);
}
