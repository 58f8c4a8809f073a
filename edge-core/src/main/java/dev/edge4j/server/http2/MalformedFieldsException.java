package dev.edge4j.server.http2;

/** Fields that make a request malformed (RFC 9113 section 8.1.1), or one that can only be refused. */
final class MalformedFieldsException extends Exception {
  private static final long serialVersionUID = 1L;

  /** No answer is given: the stream is reset. */
  static final int RESET = 0;

  private final int status;

  MalformedFieldsException(String message) {
    this(RESET, message);
  }

  MalformedFieldsException(int status, String message) {
    super(message, null, false, false); // as cheap as the request that it refuses
    this.status = status;
  }

  int status() {
    return status;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
