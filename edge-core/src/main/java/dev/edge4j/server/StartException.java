package dev.edge4j.server;

/** The server could not start; the message is one line fit for the person who started it. */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
