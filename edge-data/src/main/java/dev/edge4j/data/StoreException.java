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
    /**
     * The statement is at fault, and the store is well: bad SQL, a table or column that is not there, a write where only reads are
     * allowed. A retry changes nothing unless the tables do.
     */
    STATEMENT,
    /** Another writer held the store for too long, or it is full for now: a retry may help. */
    BUSY,
    /** The store is closed. */
    CLOSED,
    /** The answer to a write was lost: it may have taken effect or not. Look before it is sent again. */
    UNKNOWN,
    /** Anything else: no answer in time, a full disk, a broken file, a lost connection. */
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

  /**
   * True if a write may have taken effect although it failed, because its answer was lost. Who sends it again does so with a key that
   * the store refuses a second time, or looks first. Of a {@link DataStore} that says so, false means that nothing was changed.
   */
  public boolean outcomeUnknown() {
    return reason == Reason.UNKNOWN;
  }

  /** True if a retry of the same changes nothing whatever the store's tables: the fault is in the data that was handed in. */
  public boolean permanent() {
    return reason == Reason.CONSTRAINT || reason == Reason.INVALID;
  }

  /** True if the rows would break a constraint (unique, not null, check, foreign key). */
  public boolean constraintViolated() {
    return reason == Reason.CONSTRAINT;
  }
}
