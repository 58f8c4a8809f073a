package dev.edge4j.server.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.server.Server;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client that speaks frame by frame, so that a test can be as rude as it likes. */
final class RawWebSocket implements AutoCloseable {
  /** The fields of a handshake: the example of RFC 6455 section 1.2. */
  static final String HANDSHAKE = String.join("\r\n", "Host: t", "Upgrade: websocket", "Connection: Upgrade",
      "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "");

  /** A frame of the server. */
  record Frame(int flags, int opcode, byte[] payload) {
    String text() {
      return new String(payload, UTF_8);
    }

    int closeCode() {
      return payload.length < 2 ? CloseCode.NONE : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final String head;

  RawWebSocket(Server server, String target, String... fields) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(64 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    write(("GET " + target + " HTTP/1.1\r\n" + HANDSHAKE + more + "\r\n").getBytes(ISO_8859_1));
    head = readHead();
  }

  /** The head of the answer, all of it. */
  String head() {
    return head;
  }

  RawWebSocket write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Sends a frame with a mask; the first byte is given whole. */
  RawWebSocket frame(int first, byte[] payload) throws IOException {
    return write(masked(first, payload));
  }

  RawWebSocket text(String text) throws IOException {
    return frame(Rules.FIN | Opcode.TEXT, text.getBytes(UTF_8));
  }

  RawWebSocket binary(byte[] bytes) throws IOException {
    return frame(Rules.FIN | Opcode.BINARY, bytes);
  }

  RawWebSocket close(int code) throws IOException {
    return frame(Rules.FIN | Opcode.CLOSE, new byte[]{(byte) (code >> 8), (byte) code});
  }

  /** The frame of a client, masked by a key that depends on its length. */
  static byte[] masked(int first, byte[] payload) {
    var out = new ByteArrayOutputStream();
    out.write(first);
    int length = payload.length;
    if (length < 126) {
      out.write(0x80 | length);
    } else if (length < 0x10000) {
      out.write(0x80 | 126);
      out.write(length >> 8);
      out.write(length);
    } else {
      out.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) length >> shift));
      }
    }
    byte[] key = {(byte) 0x37, (byte) 0xfa, (byte) length, (byte) 0x3d};
    out.writeBytes(key);
    for (int i = 0; i < length; i++) {
      out.write(payload[i] ^ key[i & 3]);
    }
    return out.toByteArray();
  }

  /** The next frame, whatever it is. */
  Frame read() throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
    var payload = new byte[(int) size];
    in.readFully(payload);
    return new Frame(first & 0xf0, first & 0xf, payload);
  }

  /** The next message, its fragments put together. */
  byte[] message() throws IOException {
    var bytes = new ByteArrayOutputStream();
    Frame frame;
    do {
      frame = read();
      bytes.writeBytes(frame.payload());
    } while ((frame.flags() & Rules.FIN) == 0);
    return bytes.toByteArray();
  }

  /** Reads on to the server's close. */
  Frame readClose() throws IOException {
    Frame frame = read();
    while (frame.opcode() != Opcode.CLOSE) {
      frame = read();
    }
    return frame;
  }

  /** True if the server has closed the connection; waits for it. */
  boolean isClosed() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  private String readHead() throws IOException {
    var bytes = new StringBuilder();
    while (bytes.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("closed after: " + bytes);
      }
      bytes.append((char) next);
    }
    return bytes.toString();
  }

  /** Goes without a word. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
