package dev.edge4j.http;

/** A request that cannot be read as HTTP; the server answers 400 with this message. */
public final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadRequestException(String message) {
    super(message);
  }
}
