package dev.edge4j.state.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.Message;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the subprotocol {@link dev.edge4j.state.Sockets#RESUME} puts in front of what the server sends. Text: the number and a colon, {@code 12:hello}; what has no
 * number, and is not sent again, begins with the colon. The first text of a connection is {@code session:} and the token. Binary:
 * eight bytes, the number with the highest first, 0 for none. What the client sends is as it is.
 */
final class Framing {
  private static final byte TEXT = 0;
  private static final byte BINARY = 1;

  private Framing() {}

  static Message session(String token) {
    return new Message.Text("session:" + token);
  }

  static Message numbered(long number, Message message) {
    return switch (message) {
      case Message.Text(String text) -> new Message.Text((number == 0 ? "" : String.valueOf(number)) + ":" + text);
      case Message.Binary(byte[] bytes) -> new Message.Binary(ByteBuffer.allocate(Long.BYTES + bytes.length)
          .putLong(number)
          .put(bytes)
          .array());
    };
  }

  static int bytes(Message message) {
    return switch (message) {
      case Message.Text(String text) -> text.length();
      case Message.Binary(byte[] bytes) -> bytes.length;
    };
  }

  /** As it is kept: a byte for its kind, then the message. */
  static byte[] payload(Message message) {
    byte kind = message instanceof Message.Text ? TEXT : BINARY;
    byte[] bytes = switch (message) {
      case Message.Text(String text) -> text.getBytes(UTF_8);
      case Message.Binary(byte[] given) -> given;
    };
    return ByteBuffer.allocate(1 + bytes.length).put(kind).put(bytes).array();
  }

  static Message message(byte[] payload) {
    return payload[0] == TEXT ? new Message.Text(new String(payload, 1, payload.length - 1, UTF_8))
        : new Message.Binary(Arrays.copyOfRange(payload, 1, payload.length));
  }
}
