package dev.edge4j.examples.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An origin that keeps the heads of requests as they came, and answers all of them with the same bytes. */
final class RawOrigin implements AutoCloseable {
  private final ServerSocket socket;
  private final byte[] answer;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  private RawOrigin(ServerSocket socket, String answer) {
    this.socket = socket;
    this.answer = answer.getBytes(ISO_8859_1);
  }

  /** Listens on a free port. The answer is one whole message, which should say {@code Connection: close}. */
  static RawOrigin answering(String answer) throws IOException {
    var origin = new RawOrigin(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
    Thread.ofVirtual().start(origin::serve);
    return origin;
  }

  String address() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** The head of the last request. */
  String head() {
    return heads.getLast();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        heads.add(head(client.getInputStream()));
        client.getOutputStream().write(answer);
      } catch (IOException e) {
        // the next one may come
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      head.append((char) b);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
