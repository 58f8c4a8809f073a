package dev.edge4j;

/** The client is known and may not (RFC 9110 section 15.5.4). */
public final class Forbidden extends HttpError {
  private static final long serialVersionUID = 1L;

  public Forbidden(String message) {
    super(403, message);
  }
}
