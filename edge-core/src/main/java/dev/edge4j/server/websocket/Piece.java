package dev.edge4j.server.websocket;

/** What the decoder makes of the bytes. */
sealed interface Piece {
  /**
   * A part of a data message: of a frame as much as has arrived.
   *
   * @param text whether the message is text
   * @param compressed whether it is compressed as a whole
   * @param first whether the message begins with it
   * @param last whether the message ends with it
   * @param bytes unmasked; nobody else has them
   */
  record Data(boolean text, boolean compressed, boolean first, boolean last, byte[] bytes) implements Piece {}

  /** The peer wants a pong with these bytes. */
  record Ping(byte[] payload) implements Piece {}

  /** The peer lives. */
  record Pong(byte[] payload) implements Piece {}

  /** What nothing follows. */
  sealed interface Last extends Piece {
    /** The close code that goes with it. */
    int code();

    /** Why. */
    String reason();
  }

  /**
   * The peer closes.
   *
   * @param code what it said, or {@link CloseCode#NONE}
   */
  record Close(int code, String reason) implements Last {}

  /**
   * The peer broke the protocol.
   *
   * @param code what to close with
   */
  record Malformed(int code, String reason) implements Last {}
}
