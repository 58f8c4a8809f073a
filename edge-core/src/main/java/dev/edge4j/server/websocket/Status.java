package dev.edge4j.server.websocket;

import dev.edge4j.WebSocket.Close;
import dev.edge4j.WebSocketClosedException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How a WebSocket was closed, once it was: whoever is first decides. Safe for use by many threads. */
final class Status {
  private final AtomicReference<@Nullable Close> closed = new AtomicReference<>();

  /** True if it was open until now. */
  boolean decide(int code, String reason) {
    return closed.compareAndSet(null, new Close(code, reason));
  }

  Optional<Close> closed() {
    return Optional.ofNullable(closed.get());
  }

  WebSocketClosedException exception() {
    return new WebSocketClosedException(closed());
  }
}
