package dev.edge4j;

/** The answer was not there when its {@link Deadline} was (RFC 9110 section 15.6.5). */
public final class GatewayTimeout extends HttpError {
  private static final long serialVersionUID = 1L;

  public GatewayTimeout(String message) {
    super(504, message);
  }
}
