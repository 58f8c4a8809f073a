package dev.edge4j.state.sockets;

import dev.edge4j.Message;
import dev.edge4j.WebSocket;
import java.util.List;
import java.util.Optional;

/** What connections get of a turn once its commit is on disk, in order. */
public sealed interface Outgoing {
  /**
   * A message.
   *
   * @param number 0 until it has one, and for one that nobody could resume for
   */
  record Send(long number, Audience audience, Message message) implements Outgoing {
    public Send(Audience audience, Message message) {
      this(0, audience, message);
    }
  }

  /** The end of a socket. */
  record End(String session, WebSocket.Close close) implements Outgoing {}

  /**
   * A connection that gets messages from here on.
   *
   * @param missed what it gets before
   */
  record Join(Line line, List<Send> missed) implements Outgoing {}

  /** What is answered without the object from here on. */
  record Answers(Optional<AutoResponse> auto) implements Outgoing {}

  /** The end of a connection whose session stays. */
  record Depart(Line line, WebSocket.Close close) implements Outgoing {}
}
