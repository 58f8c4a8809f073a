package dev.edge4j.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An origin that says word for word what a test wants, once for each connection that comes. */
final class ScriptedOrigin implements AutoCloseable {
  /** What happens on a connection; it is closed behind it. */
  interface Script {
    void run(Dialog dialog) throws Exception;
  }

  /** One connection, as the origin has it. */
  record Dialog(Socket socket, InputStream in) {
    /** The lines of the next head. */
    String head() throws IOException {
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) {
          return head.toString();
        }
        head.append((char) b);
      }
      return head.toString();
    }

    String read(int bytes) throws IOException {
      return new String(in.readNBytes(bytes), ISO_8859_1);
    }

    Dialog say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return this;
    }

    /** Waits until the other end has closed. */
    void awaitEnd() throws IOException {
      try {
        while (in.read() >= 0) {
          // what is still said does not matter
        }
      } catch (IOException reset) {
        // an end as well
      }
    }
  }

  private final ServerSocket listening;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  /** The last script serves all further connections. */
  ScriptedOrigin(Script... scripts) throws IOException {
    listening = new ServerSocket(0, 100, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(() -> {
      try {
        while (true) {
          Socket socket = listening.accept();
          Script script = scripts[Math.min(connections.getAndIncrement(), scripts.length - 1)];
          Thread.ofVirtual().start(() -> serve(socket, script));
        }
      } catch (IOException closed) {
        // the test is over
      }
    });
  }

  private void serve(Socket socket, Script script) {
    try (socket) {
      script.run(new Dialog(socket, new BufferedInputStream(socket.getInputStream())));
    } catch (Throwable e) {
      failures.add(e);
    }
    closed.incrementAndGet();
  }

  /** One that says this to each request, and keeps the connection. */
  static ScriptedOrigin answering(String response) throws IOException {
    return new ScriptedOrigin(dialog -> {
      while (!dialog.head().isEmpty()) {
        dialog.say(response);
      }
    });
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return listening.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /** How many it has closed. */
  int closed() {
    return closed.get();
  }

  List<Throwable> failures() {
    return failures;
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
