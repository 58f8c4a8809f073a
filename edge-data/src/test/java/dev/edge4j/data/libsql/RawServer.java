package dev.edge4j.data.libsql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each request with the bytes that a test wants, one for a connection: for what no server of ours would say. */
final class RawServer implements AutoCloseable {
  /** Writes an answer, head and all. */
  interface Answer {
    void to(OutputStream out) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(RawServer.class);

  private final ServerSocket listener;
  private final AtomicReference<Answer> answer = new AtomicReference<>(body(404, ""));
  private final List<String> asked = new CopyOnWriteArrayList<>();

  RawServer() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("raw server").start(this::accept);
  }

  static Answer body(int status, String text) {
    return head(status, text.getBytes(UTF_8).length, text);
  }

  /** A body that is announced as longer or shorter than it is. */
  static Answer head(int status, int length, String text) {
    return out -> out.write(("HTTP/1.1 " + status + " Some\r\nConnection: close\r\nContent-Length: " + length
        + "\r\n\r\n" + text).getBytes(UTF_8));
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  void answers(Answer next) {
    answer.set(next);
  }

  /** The bodies of the requests so far. */
  List<String> asked() {
    return asked;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        LOG.debug("closed", e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      int length = 0;
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      asked.add(new String(in.readNBytes(length), UTF_8));
      answer.get().to(socket.getOutputStream());
    } catch (IOException e) {
      LOG.debug("the client has left, as it should after most of these answers", e);
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new java.io.ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(ISO_8859_1).strip();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
