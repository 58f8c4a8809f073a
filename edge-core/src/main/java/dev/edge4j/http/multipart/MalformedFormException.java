package dev.edge4j.http.multipart;

import java.io.IOException;

/** A form that is none, or over a limit: the client's fault. */
public final class MalformedFormException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean tooLarge;

  MalformedFormException(String message, boolean tooLarge) {
    super(message);
    this.tooLarge = tooLarge;
  }

  /** True if it is over a limit (413), false if it is malformed (400). */
  public boolean isTooLarge() {
    return tooLarge;
  }
}
