package dev.edge4j.state.sockets;

import dev.edge4j.WebSocket;
import dev.edge4j.state.ObjectId;
import java.time.Instant;

/** Where the client of a session is. */
public sealed interface Presence {
  /** It is connected. */
  record Here(Line line) implements Presence {}

  /**
   * Its connection has ended.
   *
   * @param until when the session ends, unless the client is back
   * @param close how the connection ended
   */
  record Away(ObjectId id, String session, Instant until, WebSocket.Close close) implements Presence {}
}
