package dev.edge4j.state;

/**
 * While a turn was {@linkplain ObjectState#outside outside}, its object was dropped from memory, because another turn threw or a commit
 * failed. What the turn did before it went outside stands; what it would do now would be done to an instance that is no more.
 */
public final class ObjectResetException extends ObjectException {
  private static final long serialVersionUID = 1L;

  /** A turn that came back to another instance. */
  public ObjectResetException(ObjectId id) {
    super(id + ": the object was reset while the turn was outside; what came before stands", Outcome.UNKNOWN);
  }
}
