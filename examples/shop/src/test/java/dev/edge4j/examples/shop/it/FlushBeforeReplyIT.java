package dev.edge4j.examples.shop.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.it.SystemCalls.Call;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cart is on disk before the reply leaves: seen from below, where the kernel sees it. */
class FlushBeforeReplyIT {
  private static final String OBJECTS = "/objects/";
  private static final int WARM_UPS = 5;

  @TempDir Path folder;

  @Test
  void an_add_is_flushed_before_its_reply_is_written() throws Exception {
    Path trace = folder.resolve("trace");
    String connection = traceAdds(trace);
    SystemCalls calls = SystemCalls.parse(Files.readAllLines(trace));

    Call request = find(calls, 0, call -> call.reads(connection) && call.reads("X-Trial: measured"), "request");
    Call write = find(calls, request.ended(), call -> call.writes(OBJECTS), "write to the objects");
    Call flush = find(calls, write.ended(), call -> call.flushes(write.target()), "flush of " + write.target());
    Call reply = find(calls, request.ended(), call -> call.writes(connection) && call.writes("HTTP/1.1 200"), "reply");
    assertTrue(flush.ended() < reply.began(), () -> "the reply left before the flush had ended: " + reply + flush);
  }

  /** Runs a shop under strace, warms it up, adds once more, and returns how strace prints the client's connection. */
  private String traceAdds(Path trace) throws IOException {
    List<String> line = new ArrayList<>(List.of(Tool.STRACE.require().toString(), "-f", "--seccomp-bpf", "-ttt", "-yy",
        "-s", "300", "-o", trace.toString(),
        "-e", "trace=fdatasync,fsync,pwrite64,write,writev,sendto,sendmsg,read,readv,recvfrom,recvmsg"));
    line.addAll(ShopCommand.line(folder.resolve("data")));
    try (ShopProcess shop = ShopProcess.start(line); Socket socket = connect(shop.address())) {
      for (int product = 1; product <= WARM_UPS; product++) {
        add(socket, product, "warm-up");
      }
      add(socket, WARM_UPS + 1, "measured");
      shop.stop();
      return "127.0.0.1]:" + socket.getLocalPort() + "]>";
    }
  }

  private static Socket connect(URI address) throws IOException {
    return new Socket(address.getHost(), address.getPort());
  }

  private static void add(Socket socket, int product, String trial) throws IOException {
    String body = "{\"productId\":" + product + ",\"quantity\":1}";
    String request = "POST /api/cart/add HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: visitor=" + "0f".repeat(16)
        + "\r\nX-Trial: " + trial + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
        + "\r\n\r\n"
        + body;
    socket.getOutputStream().write(request.getBytes(UTF_8));
    var reply = new byte[16 * 1024];
    int read = socket.getInputStream().read(reply);
    String text = new String(reply, 0, Math.max(0, read), UTF_8);
    assertTrue(text.startsWith("HTTP/1.1 200 "), text);
  }

  private static Call find(SystemCalls calls, int fromLine, Predicate<Call> wanted, String what) {
    return calls.first(fromLine, wanted)
        .orElseThrow(() -> new AssertionError("no " + what + " in the trace from line "
            + fromLine));
  }
}
