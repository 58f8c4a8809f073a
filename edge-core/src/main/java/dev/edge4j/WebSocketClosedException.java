package dev.edge4j;

import java.util.Optional;

/** Something was to be sent over a WebSocket that is closed, or closing. That is no error of the server. */
public final class WebSocketClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names how it was closed, as far as that is known. */
  public WebSocketClosedException(Optional<WebSocket.Close> closed) {
    super("the WebSocket is closed" + closed.map(c -> " (" + c.code() + (c.reason().isEmpty() ? "" : " " + c.reason())
        + ")")
        .orElse(""));
  }
}
