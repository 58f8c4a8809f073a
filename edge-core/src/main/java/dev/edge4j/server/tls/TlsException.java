package dev.edge4j.server.tls;

/** A certificate, key or trust file cannot be used; the message is one line that says which, why, and what was expected. */
public final class TlsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}
