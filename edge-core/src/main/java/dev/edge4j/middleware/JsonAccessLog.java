package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * {@link AccessLog} as one JSON object a line, under the names of OpenTelemetry's conventions: {@code {"timestamp":"2026-01-01T12:00:00.123Z",
 * "http.request.method":"GET","url.path":"/products/7","http.route":"/products/:id","http.response.status_code":200,
 * "duration_ms":3.204,"http.response.body.size":512,"request_id":"5f0c...","trace_id":"...","span_id":"...","client.address":"192.0.2.7"}}.
 * What is not known is left out; the trace is where {@code Traces} stands in front.
 *
 * <p>The same promises: no query string, no header value that is not named here, nobody's name unless asked for, and what a client chose is
 * escaped, so that a reader of JSON sees it as it was while a reader of text sees nothing that it could take for something else.
 */
public final class JsonAccessLog implements Gate {
  private final Stopwatch stopwatch = new Stopwatch();
  private final Consumer<? super String> sink;
  private final boolean user;
  private final List<String> fields;

  JsonAccessLog(Consumer<? super String> sink, boolean user, List<String> fields) {
    this.sink = sink;
    this.user = user;
    this.fields = fields;
  }

  /** Gives the lines, without line ends, to something else, which must not block. */
  public JsonAccessLog to(Consumer<? super String> newSink) {
    return new JsonAccessLog(newSink, user, fields);
  }

  /** Also writes who sent the request, {@code user.id}: the subject of its {@link Principal}. That is personal data in a log. */
  public JsonAccessLog withUser() {
    return new JsonAccessLog(sink, true, fields);
  }

  /**
   * Also writes these header fields of the request, {@code User-Agent} as {@code http.request.header.user-agent}; the first line of each. Those
   * that hold secrets by their nature are refused.
   */
  public JsonAccessLog withHeaders(String... names) {
    for (String name : names) {
      switch (name.toLowerCase(Locale.ROOT)) {
        case "authorization", "cookie", "proxy-authorization" -> throw new IllegalArgumentException(
            "header field in a log: "
                + name + " (expected: one that holds no secret)");
        default -> {
          // Whoever names it knows what it holds.
        }
      }
    }
    return new JsonAccessLog(sink, user, Stream.concat(fields.stream(), Stream.of(names)).distinct().toList());
  }

  @Override
  public Verdict before(Context c) {
    stopwatch.start(c);
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    if (!c.isWarmUp()) {
      sink.accept(line(c, response));
    }
    return response;
  }

  private String line(Context c, Response response) {
    var line = new StringBuilder(384).append("{\"timestamp\":\"").append(c.time().instant()).append('"');
    text(line, "http.request.method", c.method().name());
    text(line, "url.path", c.path());
    c.route().ifPresent(route -> text(line, "http.route", route));
    number(line, "http.response.status_code", String.valueOf(response.status()));
    number(line, "duration_ms", Millis.exact(stopwatch.elapsed(c)));
    AccessLog.size(response.body()).ifPresent(bytes -> number(line, "http.response.body.size", String.valueOf(bytes)));
    c.get(RequestId.KEY).ifPresent(id -> text(line, "request_id", id));
    c.get(TraceId.KEY).ifPresent(ids -> {
      text(line, "trace_id", ids.trace());
      text(line, "span_id", ids.span());
    });
    text(line, "client.address", c.client().address().getHostAddress());
    if (user) {
      c.get(Principal.KEY).ifPresent(principal -> text(line, "user.id", principal.subject()));
    }
    for (String field : fields) {
      c.header(field).ifPresent(value -> text(line, "http.request.header." + field.toLowerCase(Locale.ROOT), value));
    }
    return line.append('}').toString();
  }

  private static void text(StringBuilder line, String name, String value) {
    name(line, name).append('"');
    LogText.append(line, value);
    line.append('"');
  }

  private static void number(StringBuilder line, String name, String value) {
    name(line, name).append(value);
  }

  private static StringBuilder name(StringBuilder line, String name) {
    line.append(",\"");
    LogText.append(line, name);
    return line.append("\":");
  }
}
