package dev.edge4j;

/**
 * Talks over one WebSocket. Runs on a virtual thread of its own and may block. Once it returns the socket is closed with 1000; what it
 * throws is logged and closes with 1011, unless the peer was gone already.
 */
@FunctionalInterface
public interface WebSocketHandler {
  void handle(WebSocket ws) throws Exception;
}
