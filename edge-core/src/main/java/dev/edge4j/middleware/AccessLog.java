package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.OptionalLong;
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

  /** One JSON object a line instead, to the same logger. */
  public static JsonAccessLog json() {
    return new JsonAccessLog(line -> LOG.info("{}", line), false, List.of());
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

  private static String bytes(Body body) {
    OptionalLong size = size(body);
    return size.isPresent() ? String.valueOf(size.getAsLong()) : "-";
  }

  /** Of a file and a stream the length is not known here: asking the file system may block. */
  static OptionalLong size(Body body) {
    return switch (body) {
      case Body.Empty _,Body.Upgrade _ -> OptionalLong.of(0);
      case Body.Bytes(byte[] bytes) -> OptionalLong.of(bytes.length);
      case Body.Segments segments -> OptionalLong.of(segments.length());
      case Body.File _,Body.Stream _ -> OptionalLong.empty();
    };
  }

  private static void append(StringBuilder line, String name, String value) {
    line.append(line.isEmpty() ? "" : " ").append(name).append('=');
    LogText.append(line, value);
  }
}
