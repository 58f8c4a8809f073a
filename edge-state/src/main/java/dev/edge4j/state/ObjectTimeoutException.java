package dev.edge4j.state;

/** The caller's deadline came before the reply. {@link #outcome()} says whether the turn had begun. */
public final class ObjectTimeoutException extends ObjectException {
  private static final long serialVersionUID = 1L;

  /** A call that was given up. */
  public ObjectTimeoutException(String message, Outcome outcome) {
    super(message, outcome);
  }
}
