package dev.edge4j;

import java.io.OutputStream;
import java.io.Writer;
import java.util.Iterator;
import java.util.Optional;

/**
 * The server's end of a WebSocket (RFC 6455), for the handler that {@link Routes#ws} was given. Everything blocks, and everything is safe for
 * use by many threads: what several of them send leaves message by message.
 *
 * <p>Whoever sends waits while the client is slower, and the client's messages wait until somebody receives them. Pings are answered and
 * sent by the server itself.
 *
 * <p>A wait that is interrupted throws {@link java.io.UncheckedIOException} and leaves the thread interrupted.
 */
public interface WebSocket extends Iterable<Message> {
  /** Nothing special: the purpose is fulfilled (RFC 6455 section 7.4.1). */
  int NORMAL = 1000;

  /** The server stops, or the visitor has gone to another page. */
  int GOING_AWAY = 1001;

  /**
   * How a WebSocket was closed.
   *
   * @param code what the side that closed it said; 1005 if it said nothing, 1006 if the connection broke without a word
   * @param reason its reason; may be empty
   */
  record Close(int code, String reason) {}

  /** The request that it began with. It is cancelled once the peer is gone or wants to go. */
  Context context();

  /** A parameter of the path. */
  default Value param(String name) {
    return context().param(name);
  }

  /** The subprotocol that both sides know; empty if none was agreed on. */
  Optional<String> subprotocol();

  /**
   * Waits for the next message. Empty once the socket is closed by either side, see {@link #closed()}. A message over the server's limit
   * closes it with 1009, text that is not UTF-8 with 1007.
   */
  Optional<Message> receive();

  /** As {@link #receive()}, but returns when the message begins, to be read while it arrives. */
  Optional<MessageStream> receiveStream();

  /** The messages until the socket is closed: {@code for (Message message : ws)}. */
  @Override
  default Iterator<Message> iterator() {
    return new MessageIterator(this);
  }

  /** Sends text. Throws {@link WebSocketClosedException} if the socket is closed, as all that sends does. */
  void send(String text);

  /** Sends bytes; the array may be used again afterwards. */
  void send(byte[] bytes);

  /** Sends a message as it was received. */
  default void send(Message message) {
    switch (message) {
      case Message.Text(String text) -> send(text);
      case Message.Binary(byte[] bytes) -> send(bytes);
    }
  }

  /**
   * Sends text piece by piece, in fragments: {@code try (Writer out = ws.textStream())}. The message ends when the writer is closed, and until
   * then other messages wait; the thread that writes it cannot send another. Nothing marks a message that an exception cut short, so
   * close the socket if its peer has to know.
   */
  Writer textStream();

  /** As {@link #textStream()}, for bytes. */
  OutputStream binaryStream();

  /** Sends a ping, beside those that the server sends by itself. */
  void ping();

  /**
   * Begins to close the socket and returns at once; what was sent before still leaves. Does nothing if it is closed.
   *
   * @param code 1000, 1001, 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455 section 7.4)
   * @param reason at most 123 bytes of UTF-8
   */
  void close(int code, String reason);

  /** Closes with {@link #NORMAL}. */
  default void close() {
    close(NORMAL, "");
  }

  /** How it was closed; empty while it is open. */
  Optional<Close> closed();
}
