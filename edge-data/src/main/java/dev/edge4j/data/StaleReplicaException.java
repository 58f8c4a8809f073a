package dev.edge4j.data;

/** A replica that is too far behind for what its class of data promises, with no origin to ask instead. */
public final class StaleReplicaException extends DataException {
  private static final long serialVersionUID = 1L;

  public StaleReplicaException(String message) {
    super(message);
  }
}
