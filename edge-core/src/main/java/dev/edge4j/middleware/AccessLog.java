package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line for each response, at the moment its head is ready:
 * {@code method=GET path=/products/7 status=200 ms=3.204 bytes=512 id=5f0c... client=192.0.2.7}. A value that is not known is {@code -}.
 *
 * <p>Query strings and header values are never written, because they hold tokens. What a client chose is escaped, so it can end
 * neither a line nor a value, and begin no lookup of a logging library. A path is cut after 1,024 characters.
 *
 * <p>Goes to the SLF4J logger {@code dev.edge4j.access}, on the event loop: give it an asynchronous appender in production. Put it
 * first, so that it sees what every other gate answers.
 */
public final class AccessLog implements Gate {
  private static final Logger LOG = LoggerFactory.getLogger("dev.edge4j.access");
  private static final int MAX_PATH = 1_024;
  private static final String PLAIN = "/-._~!'()*,;:@+&%#|^`";

  private final Stopwatch stopwatch = new Stopwatch();
  private final Consumer<? super String> sink;

  private AccessLog(Consumer<? super String> sink) {
    this.sink = sink;
  }

  public static AccessLog create() {
    return new AccessLog(line -> LOG.info("{}", line));
  }

  /** Gives the lines, without line ends, to something else, which must not block. */
  public static AccessLog to(Consumer<? super String> sink) {
    return new AccessLog(sink);
  }

  @Override
  public Verdict before(Context c) {
    stopwatch.start(c);
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    var line = new StringBuilder(128);
    append(line, "method", c.method().name());
    append(line, "path", c.path());
    append(line, "status", String.valueOf(response.status()));
    append(line, "ms", Millis.exact(stopwatch.elapsed(c)));
    append(line, "bytes", bytes(response.body()));
    append(line, "id", c.get(RequestId.KEY).orElse("-"));
    append(line, "client", c.client().address().getHostAddress());
    if (!c.isWarmUp()) {
      sink.accept(line.toString());
    }
    return response;
  }

  /** Of a file and a stream the length is not known here: asking the file system may block. */
  private static String bytes(Body body) {
    return switch (body) {
      case Body.Empty _,Body.Upgrade _ -> "0";
      case Body.Bytes(byte[] bytes) -> String.valueOf(bytes.length);
      case Body.File _,Body.Stream _ -> "-";
    };
  }

  private static void append(StringBuilder line, String name, String value) {
    line.append(line.isEmpty() ? "" : " ").append(name).append('=');
    int length = Math.min(value.length(), MAX_PATH);
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0) {
        line.append(c);
      } else {
        line.append("\\u").append(String.format("%04x", (int) c));
      }
    }
    line.append(length < value.length() ? "..." : "");
  }
}
