package dev.edge4j.data.libsql;

import org.jspecify.annotations.Nullable;

/** A request that has no answer, as opposed to one whose answer is an error. */
final class HranaException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is known of the request. */
  enum Kind {
    /** It never left, so it was not executed. */
    NOT_SENT,
    /** The server turned it away, so it was not executed. */
    REFUSED,
    /** It may have been executed: the answer was lost, is late, or cannot be read. */
    LOST
  }

  private final Kind kind;
  private final int status;

  private HranaException(Kind kind, int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
  }

  static HranaException notSent(String message, @Nullable Throwable cause) {
    return new HranaException(Kind.NOT_SENT, 0, message, cause);
  }

  static HranaException lost(String message, @Nullable Throwable cause) {
    return new HranaException(Kind.LOST, 0, message, cause);
  }

  /** An answer that breaks the rules of Hrana, from a proxy between perhaps. */
  static HranaException malformed(String what) {
    return new HranaException(Kind.LOST, 0, "what came is no answer of Hrana: " + what, null);
  }

  /** Another status than 200. */
  static HranaException status(int status, String said) {
    return new HranaException(status < 500 ? Kind.REFUSED : Kind.LOST, status, "status " + status + ", " + said, null);
  }

  Kind kind() {
    return kind;
  }

  /** Zero if there was none. */
  int status() {
    return status;
  }
}
