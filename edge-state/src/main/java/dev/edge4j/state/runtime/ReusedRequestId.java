package dev.edge4j.state.runtime;

import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.Outcome;

/** A request id that was given to another request before. */
final class ReusedRequestId extends ObjectException {
  private static final long serialVersionUID = 1L;

  ReusedRequestId(ObjectId id, String request) {
    super(id + ": request id \"" + request + "\" was used for another call (expected: the same method and arguments)",
        Outcome.NOT_EXECUTED);
  }
}
