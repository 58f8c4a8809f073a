package dev.edge4j.env;

/** Configuration that is missing or wrong. The message is one line for whoever started the process; it never holds a secret. */
public final class EnvException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EnvException(String message) {
    super(message);
  }
}
