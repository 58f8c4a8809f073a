package dev.edge4j.state;

import java.util.List;

/**
 * The WebSockets of one object; see {@link Namespace#sockets}. What is sent leaves after the turn's commit, and not at all if the turn throws. Confined to the
 * thread that runs the turn.
 */
public interface Sockets {
  /**
   * The subprotocol of clients that come back and get what they have missed: {@code app.ws(pattern,
   * WebSocketOptions.defaults().withSubprotocols(Sockets.RESUME), carts.sockets(...))}. Without it a socket is plain: what a lost connection has not brought
   * is not sent again.
   *
   * <p>The first text that the server sends is {@code session:} and a token. Each further text is {@code 12:hello}: a number that grows, with
   * gaps, a colon, the message; binary messages begin with eight bytes for the number, the highest first. What has no number ({@code
   * :hello}, or 0) is not sent again: an {@linkplain #autoResponse auto-response}. The client sends its messages as they are. To resume it connects with the
   * query parameters {@code session}, its token, and {@code after}, the last number that it has seen, and gets what came since, in order and once, also after
   * the server has started anew.
   *
   * <p>Of each audience (all, a tag, one socket) the last 256 messages are kept, of 1 MiB in all. Close codes: 4404, there is no such
   * session, or none any more: two minutes after its client was lost it ends; 4410, it has missed more than is kept, and ends; 4409, it goes on over another
   * connection; 1013, the client is too slow, or the object overloaded: come back later.
   */
  String RESUME = "edge4j.resume.1";

  /** All that are open, or may yet be resumed. */
  List<Socket> all();

  /** Those that were opened with a tag. */
  List<Socket> tagged(String tag);

  /** Sends text to all. */
  void broadcast(String text);

  /** Sends text to those with a tag. */
  void broadcast(String tag, String text);

  /**
   * Answers this text with that one from now on, on every socket of the object, without waking it: for a client's signs of life. One pair is
   * kept, with the object; setting another replaces it.
   *
   * @throws IllegalArgumentException for an empty request, or texts over 2,048 bytes
   */
  void autoResponse(String request, String response);
}
