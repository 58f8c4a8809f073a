package dev.edge4j.server.http1;

import java.io.Serial;

/** A request that is refused, and with what. Without a stack trace: attackers choose how often it is thrown. */
final class MalformedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final int status;
  private final String detail;

  MalformedException(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
  }

  /** One that is 400. */
  MalformedException(String detail) {
    this(400, detail);
  }

  Piece.Malformed piece() {
    return new Piece.Malformed(status, detail);
  }
}
