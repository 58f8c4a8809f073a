package dev.edge4j.state;

import dev.edge4j.Message;
import dev.edge4j.WebSocket;

/** What the class of an object implements to have WebSockets. Each method runs as a turn. */
public interface SocketHandler {
  /** A client has come; throwing refuses it. Not called when it resumes. */
  default void opened(Socket socket) throws Exception {}

  /** A message has come. If this throws, the message has left no trace, and the socket is closed with 1011. */
  void message(Socket socket, Message message) throws Exception;

  /** The client has gone, and has not resumed in time. */
  default void closed(Socket socket, WebSocket.Close close) throws Exception {}
}
