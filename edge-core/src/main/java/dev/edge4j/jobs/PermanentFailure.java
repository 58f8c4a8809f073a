package dev.edge4j.jobs;

/**
 * Thrown by a job that would fail again however often it is tried: it becomes a dead letter at once. The message is shown to whoever asks how the
 * job stands, so it must hold nothing secret.
 */
public final class PermanentFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PermanentFailure(String message) {
    super(message);
  }

  public PermanentFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
