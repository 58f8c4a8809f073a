package dev.edge4j.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Reads a stream of events as it comes: line by line, from chunks. */
final class EventClient implements AutoCloseable {
  private static final int SMALL_BUFFER = 16 * 1024;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final String head;
  private int left;

  /** Asks, and waits for the head alone. */
  EventClient(Server server, String target, String... fields) throws IOException {
    socket.setReceiveBufferSize(SMALL_BUFFER);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    in = new BufferedInputStream(socket.getInputStream(), SMALL_BUFFER);
    String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    socket.getOutputStream().write(("GET " + target + " HTTP/1.1\r\nHost: t\r\n" + more + "\r\n").getBytes(UTF_8));
    var lines = new StringBuilder();
    for (String line = wireLine(); !line.isEmpty(); line = wireLine()) {
      lines.append(line).append('\n');
    }
    head = lines.toString();
  }

  String head() {
    return head;
  }

  /** The next line of the stream, without its end. */
  String line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int b = next(); b != '\n'; b = next()) {
      bytes.write(b);
    }
    return bytes.toString(UTF_8);
  }

  /** True if the stream ends here, and as a whole body does. */
  boolean isAtEnd() throws IOException {
    return left == 0 && beginChunk() == 0;
  }

  private int next() throws IOException {
    if (left == 0 && beginChunk() == 0) {
      throw new EOFException("the stream has ended");
    }
    int b = in.read();
    if (b < 0) {
      throw new EOFException("broke off in a chunk");
    }
    left--;
    if (left == 0) {
      wireLine();
    }
    return b;
  }

  private int beginChunk() throws IOException {
    left = Integer.parseInt(wireLine(), 16);
    return left;
  }

  private String wireLine() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("closed after: " + bytes.toString(UTF_8));
      }
      if (b != '\r') {
        bytes.write(b);
      }
    }
    return bytes.toString(UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
