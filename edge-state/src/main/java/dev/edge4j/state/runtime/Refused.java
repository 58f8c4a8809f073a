package dev.edge4j.state.runtime;

import dev.edge4j.state.ObjectException;

/** An object that cannot be woken, for a reason that is not an exception of its own code. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ObjectException failure;

  Refused(ObjectException failure) {
    super(failure.getMessage(), failure, false, false);
    this.failure = failure;
  }

  ObjectException failure() {
    return failure;
  }
}
