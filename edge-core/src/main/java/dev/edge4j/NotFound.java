package dev.edge4j;

/** There is no such thing (RFC 9110 section 15.5.5). */
public final class NotFound extends HttpError {
  private static final long serialVersionUID = 1L;

  public NotFound(String message) {
    super(404, message);
  }
}
