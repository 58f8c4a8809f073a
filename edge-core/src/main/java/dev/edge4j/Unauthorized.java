package dev.edge4j;

/** The client must say who it is (RFC 9110 section 15.5.2). */
public final class Unauthorized extends HttpError {
  private static final long serialVersionUID = 1L;

  public Unauthorized(String message) {
    super(401, message);
  }
}
