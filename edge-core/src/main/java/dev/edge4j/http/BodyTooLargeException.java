package dev.edge4j.http;

import java.io.IOException;

/** A body longer than the limit in force; the answer is 413 (RFC 9110 section 15.5.14). */
public final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the limit, in bytes. */
  public BodyTooLargeException(long limit) {
    super("the body is longer than " + limit + " bytes");
  }
}
