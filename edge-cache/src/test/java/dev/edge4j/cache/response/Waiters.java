package dev.edge4j.cache.response;

import dev.edge4j.App;
import dev.edge4j.Exchange;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Clients that ask at the same time, in process. */
final class Waiters {
  private Waiters() {}

  /** The whole body, a stream's too; {@link IOException} if it breaks off. */
  static String body(Response response) throws IOException {
    var bytes = new ByteArrayOutputStream();
    switch (response.body()) {
      case Body.Stream stream -> stream.writer().writeTo(bytes);
      case Body.Bytes(byte[] ready) -> bytes.writeBytes(ready);
      default -> {
        // No body.
      }
    }
    return bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
  }

  static List<Future<String>> ask(ExecutorService threads, App app, int clients, String target) {
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      answers.add(threads.submit((Callable<String>) () -> body(app.request(target))));
    }
    return answers;
  }

  /** Opens an exchange as a server would, to be cancelled by the test. */
  static Exchange open(App app, String target) {
    Exchange exchange = app.open(Request.get(target));
    if (exchange.fastLane().isPresent()) {
      throw new IllegalStateException("it was answered at once");
    }
    return exchange;
  }

  static void untilCollapsed(ResponseCache cache, long many) {
    Waiting.until(() -> cache.stats().of(ResponseEvent.COLLAPSED) >= many);
  }
}
