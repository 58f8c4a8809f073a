package dev.edge4j.state;

import org.jspecify.annotations.Nullable;

/**
 * A call that failed for another reason than an exception of the object's own that could be handed on as it is.
 * {@link #outcome()}, also in the message, says whether calling again is safe.
 */
public class ObjectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;

  /** A failure whose message ends with the outcome's words. */
  public ObjectException(String message, Outcome outcome) {
    this(message, outcome, null);
  }

  /** A failure with its cause. */
  public ObjectException(String message, Outcome outcome, @Nullable Throwable cause) {
    super(message + " (" + outcome.words() + ")", cause);
    this.outcome = outcome;
  }

  /** What is known about the turn. */
  public final Outcome outcome() {
    return outcome;
  }
}
