package dev.edge4j;

/**
 * A gate, or an inline handler, broke its promise: it waited on the event loop, or took more CPU than its budget. It names the gate
 * and says what it did.
 *
 * <p>Thrown by {@link App#request} and {@link Exchange#fastLane} where gates are watched: with assertions on, as in tests, or with the
 * system property {@code edge4j.gates=watch}; {@code edge4j.gates=off} turns it off. It is an error and no exception, so that no
 * {@code onError} can hide it; a server answers a bare 500 and logs it.
 */
public final class GateBlockedError extends AssertionError {
  private static final long serialVersionUID = 1L;

  GateBlockedError(String message) {
    super(message);
  }
}
