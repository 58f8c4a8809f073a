package dev.edge4j.state;

import java.util.Optional;
import java.util.Set;

/**
 * A WebSocket that an object has, as the object sees it. It stays while the object leaves memory. Everything here is part of the turn: what is
 * sent leaves after the commit, and not at all if the turn throws. Confined to the thread that runs the turn.
 */
public interface Socket {
  /** Its name in this object, unlike any other's; the same again after the client has resumed. */
  String session();

  /** What it was opened with, to address several at once. */
  Set<String> tags();

  /** The value kept with it. */
  <A> Optional<A> attachment(Class<A> type);

  /** Keeps a value with it, at most 16 KiB as JSON; it is there again when the object wakes, and after the client has resumed. */
  void attach(Object value);

  /** Sends text. */
  void send(String text);

  /** Sends bytes. */
  void send(byte[] bytes);

  /** Closes it, after what was sent before; codes as in {@link dev.edge4j.WebSocket#close(int, String)}. */
  void close(int code, String reason);
}
