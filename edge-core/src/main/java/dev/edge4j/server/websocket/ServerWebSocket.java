package dev.edge4j.server.websocket;

import dev.edge4j.Context;
import dev.edge4j.Message;
import dev.edge4j.MessageStream;
import dev.edge4j.WebSocket;
import dev.edge4j.WebSocketUpgrade;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A WebSocket as its handler sees it. */
final class ServerWebSocket implements WebSocket {
  private final WebSocketUpgrade upgrade;
  private final Session session;

  ServerWebSocket(WebSocketUpgrade upgrade, Session session) {
    this.upgrade = upgrade;
    this.session = session;
  }

  @Override
  public Context context() {
    return upgrade.context();
  }

  @Override
  public Optional<String> subprotocol() {
    return upgrade.subprotocol();
  }

  @Override
  public Optional<Message> receive() {
    return session.receiver().receive();
  }

  @Override
  public Optional<MessageStream> receiveStream() {
    return session.receiver().receiveStream();
  }

  @Override
  public void send(String text) {
    session.sender().send(Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void send(byte[] bytes) {
    session.sender().send(Opcode.BINARY, bytes);
  }

  @Override
  public Writer textStream() {
    return new OutputStreamWriter(session.sender().stream(Opcode.TEXT), StandardCharsets.UTF_8);
  }

  @Override
  public OutputStream binaryStream() {
    return session.sender().stream(Opcode.BINARY);
  }

  @Override
  public void ping() {
    session.ping();
  }

  @Override
  public void close(int code, String reason) {
    if (!CloseCode.isSendable(code) || code == CloseCode.PROTOCOL_ERROR) {
      throw new IllegalArgumentException(
          "close code: " + code + " (expected: 1000, 1001, 1003, 1007 to 1014, or 3000 to 4999)");
    }
    int length = reason.getBytes(StandardCharsets.UTF_8).length;
    if (length > CloseCode.MAX_REASON_BYTES) {
      throw new IllegalArgumentException("reason: " + length + " bytes (expected: at most "
          + CloseCode.MAX_REASON_BYTES + ")");
    }
    session.close(code, reason);
  }

  @Override
  public Optional<Close> closed() {
    return session.closed();
  }
}
