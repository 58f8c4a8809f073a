package dev.edge4j;

/** The request does not fit the present state (RFC 9110 section 15.5.10). */
public final class Conflict extends HttpError {
  private static final long serialVersionUID = 1L;

  public Conflict(String message) {
    super(409, message);
  }
}
