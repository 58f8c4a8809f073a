package dev.edge4j;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Receives until there is nothing more. Confined to one thread. */
final class MessageIterator implements Iterator<Message> {
  private final WebSocket ws;
  private Optional<Message> next = Optional.empty();

  MessageIterator(WebSocket ws) {
    this.ws = ws;
  }

  @Override
  public boolean hasNext() {
    if (next.isEmpty()) {
      next = ws.receive();
    }
    return next.isPresent();
  }

  @Override
  public Message next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the WebSocket is closed");
    }
    Message message = next.orElseThrow();
    next = Optional.empty();
    return message;
  }
}
