package dev.edge4j;

/** A whole message of a WebSocket (RFC 6455 section 5.6). */
public sealed interface Message {
  /** Text, valid Unicode. */
  record Text(String text) implements Message {}

  /**
   * Bytes.
   *
   * @param bytes handed over, not copied
   */
  record Binary(byte[] bytes) implements Message {}
}
