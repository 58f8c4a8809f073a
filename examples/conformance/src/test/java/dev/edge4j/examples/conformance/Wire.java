package dev.edge4j.examples.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** One connection, byte by byte: pipelining, half a request, a reset. */
final class Wire implements AutoCloseable {
  /** An answer; the head as it came. */
  record Answer(int status, String head, String body) {}

  private final Socket socket;
  private final InputStream in;

  Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** A request line with a Host field and what else is given, each field with its end. */
  static String head(String line, String... fields) {
    return line + " HTTP/1.1\r\nHost: t\r\n" + String.join("", fields) + "\r\n";
  }

  /** The request that opens a WebSocket there (RFC 6455 section 4.1). */
  static String upgrade(String path, String... fields) {
    return head("GET " + path, "Connection: Upgrade\r\n", "Upgrade: websocket\r\n", "Sec-WebSocket-Version: 13\r\n",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", String.join("", fields));
  }

  Answer answer() throws IOException {
    String statusLine = line();
    var head = new StringBuilder(statusLine).append('\n');
    int length = 0;
    boolean chunked = false;
    for (String field = line(); !field.isEmpty(); field = line()) {
      head.append(field).append('\n');
      String lower = field.toLowerCase(Locale.ROOT);
      chunked |= lower.equals("transfer-encoding: chunked");
      length = lower.startsWith("content-length: ") ? Integer.parseInt(field.substring(16)) : length;
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    return new Answer(status, head.toString(), chunked ? chunks() : bytes(length));
  }

  /** So many bytes, as characters. */
  String bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("closed in a body");
    }
    return new String(bytes, ISO_8859_1);
  }

  /** Throws away at most so many bytes, without waiting for more than there are. */
  void skim(int bytes) throws IOException {
    var _ = in.read(new byte[bytes]);
  }

  /** Leaves without a word: the other side gets a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String chunks() throws IOException {
    var body = new StringBuilder();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      body.append(bytes(size));
      line();
    }
    line();
    return body.toString();
  }

  private String line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("closed after: " + bytes.toString(US_ASCII));
      }
      if (b != '\r') {
        bytes.write(b);
      }
    }
    return bytes.toString(US_ASCII);
  }
}
