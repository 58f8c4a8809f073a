package dev.edge4j.data.replica;

/** The origin cannot be followed as it is set up. The message says what was found, what was expected and what to do. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }

  RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
