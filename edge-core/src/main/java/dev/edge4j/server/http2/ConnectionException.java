package dev.edge4j.server.http2;

/** What the client sent ends the connection (RFC 9113 section 5.4.1). The message is for it to read in the GOAWAY frame. */
final class ConnectionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  ConnectionException(ErrorCode code, String message) {
    super(message, null, false, false); // made for each broken client, read by nobody with a debugger: no stack
    this.code = code;
  }

  ErrorCode code() {
    return code;
  }
}
