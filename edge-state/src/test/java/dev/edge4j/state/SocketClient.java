package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The JDK's WebSocket client, with what came in a queue. With the subprotocol it knows its token and the last number that it has seen. */
final class SocketClient implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<Object> came = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket ws;
  private final boolean resumable;
  private String token = "";
  private long last;

  private SocketClient(int port, String target, boolean resumable) {
    this.resumable = resumable;
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    if (resumable) {
      builder.subprotocols(Sockets.RESUME);
    }
    this.ws = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + target), new Listening()).join();
  }

  /** Without the subprotocol. */
  static SocketClient plain(int port, String target) {
    return new SocketClient(port, target, false);
  }

  /** With it; the token has come when this returns. */
  static SocketClient resumable(int port, String target) {
    var client = new SocketClient(port, target, true);
    client.greeted();
    return client;
  }

  /** Says that it is another's client, without waiting. */
  static SocketClient claiming(int port, String target, String token, String after) {
    return new SocketClient(port, target + (target.contains("?") ? "&" : "?") + "session=" + token + "&after=" + after,
        true);
  }

  /** The same client again, after its connection was lost. */
  SocketClient resumed(int port, String target) {
    SocketClient client = claiming(port, target, token, String.valueOf(last));
    client.last = last;
    client.greeted();
    return client;
  }

  private void greeted() {
    String first = String.valueOf(raw());
    assertTrue(first.startsWith("session:"), () -> "first came " + first + (closed.isDone() ? closed : ""));
    token = first.substring("session:".length());
  }

  String token() {
    return token;
  }

  long last() {
    return last;
  }

  SocketClient send(String text) {
    ws.sendText(text, true).join();
    return this;
  }

  /** The next message without its number, which has to grow. Text as {@link String}, binary as bytes. */
  String next() {
    Object next = raw();
    return resumable ? unframed(next) : String.valueOf(next);
  }

  List<String> next(int count) {
    var messages = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      messages.add(next());
    }
    return messages;
  }

  /** As it came; fails if nothing comes. */
  Object raw() {
    try {
      Object next = came.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertNotNull(next, () -> "nothing came" + (closed.isDone() ? ", closed: " + closed.getNow(0) : ""));
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** How many messages are here and not looked at. */
  int waiting() {
    return came.size();
  }

  /** Waits for the close, and its code. */
  int closeCode() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Loses the connection without a word. */
  void drop() {
    ws.abort();
  }

  /** Says good-bye. */
  @Override
  public void close() {
    if (!ws.isOutputClosed()) {
      var unused = ws.sendClose(WebSocket.NORMAL_CLOSURE, "");
    }
  }

  private String unframed(Object message) {
    if (message instanceof byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      count(buffer.getLong());
      return new String(bytes, Long.BYTES, bytes.length - Long.BYTES, java.nio.charset.StandardCharsets.UTF_8);
    }
    String text = String.valueOf(message);
    int colon = text.indexOf(':');
    if (colon > 0) {
      count(Long.parseLong(text.substring(0, colon)));
    }
    return text.substring(colon + 1);
  }

  private void count(long number) {
    assertTrue(number > last, () -> number + " came after " + last);
    last = number;
  }

  private final class Listening implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private byte[] binary = {};

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean whole) {
      text.append(data);
      if (whole) {
        came.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean whole) {
      byte[] more = java.util.Arrays.copyOf(binary, binary.length + data.remaining());
      data.get(more, binary.length, data.remaining());
      binary = more;
      if (whole) {
        came.add(binary);
        binary = new byte[0];
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.complete(1006);
    }
  }
}
