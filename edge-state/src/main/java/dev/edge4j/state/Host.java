package dev.edge4j.state;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What all objects of one folder share. Safe for use by many threads. */
record Host(ObjectStore store, DurableObjectsOptions options, Intake intake, WaitGraph waits) {
  private static final ScopedValue<Turn> TURN = ScopedValue.newInstance();

  private record Turn(Host host, ObjectId id) {}

  /** Runs a turn of an object, so that the calls it makes are known to be its own. */
  <R extends @Nullable Object, E extends Throwable> R inTurn(ObjectId id, ScopedValue.CallableOp<R, E> work) throws E {
    return ScopedValue.where(TURN, new Turn(this, id)).call(work);
  }

  /** The object of this folder whose turn the thread runs, if it runs one. The threads of a structured scope in it count too. */
  Optional<ObjectId> caller() {
    return TURN.isBound() && TURN.get().host().equals(this) ? Optional.of(TURN.get().id()) : Optional.empty();
  }
}
