package dev.edge4j.data;

/** A store that refused or failed: one line that says which and why. */
public final class StoreException extends DataException {
  private static final long serialVersionUID = 1L;

  /** Why a store refused or failed, as far as a caller can act on it. */
  public enum Reason {
    /** The rows would break a constraint: the caller's data is at fault, and a retry changes nothing. */
    CONSTRAINT,
    /** What was handed in does not fit the store, as an unknown column or text for a number: a retry changes nothing. */
    INVALID,
    /** Another writer held the store for too long, or it is full for now: a retry may help. */
    BUSY,
    /** The store is closed. */
    CLOSED,
    /** Anything else: bad SQL, a full disk, a broken file, a lost connection. */
    FAILED
  }

  private final Reason reason;

  public StoreException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public StoreException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** True if a retry of the same changes nothing: the fault is in what was handed in. */
  public boolean permanent() {
    return reason == Reason.CONSTRAINT || reason == Reason.INVALID;
  }

  /** True if the rows would break a constraint (unique, not null, check, foreign key). */
  public boolean constraintViolated() {
    return reason == Reason.CONSTRAINT;
  }
}
