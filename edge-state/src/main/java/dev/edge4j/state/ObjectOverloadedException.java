package dev.edge4j.state;

/** More calls wait for the object than its mailbox holds. Nothing was executed; calling again at once makes it worse. */
public final class ObjectOverloadedException extends ObjectException {
  private static final long serialVersionUID = 1L;

  ObjectOverloadedException(ObjectId id, int bound) {
    super(id + ": " + bound + " calls are waiting already, no more are taken", Outcome.NOT_EXECUTED);
  }
}
