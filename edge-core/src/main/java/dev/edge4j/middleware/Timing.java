package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Timings;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import java.util.List;

/**
 * Tells in {@code Server-Timing} how long each layer of {@link Context#timings()} took, and {@code total}: from this gate to the
 * head of the response. Browsers show it beside the request. Anyone who can see the response can read it.
 *
 * <p>Source: W3C Server Timing, section 2.
 */
public final class Timing implements Gate {
  /** More than this would make a head that proxies refuse. */
  private static final int MAX_SPANS = 64;

  private final Stopwatch stopwatch = new Stopwatch();

  private Timing() {}

  public static Timing create() {
    return new Timing();
  }

  @Override
  public Verdict before(Context c) {
    stopwatch.start(c);
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    var field = new StringBuilder();
    List<Timings.Span> spans = c.timings().spans();
    for (Timings.Span span : spans.subList(0, Math.min(spans.size(), MAX_SPANS))) {
      append(field, span.layer(), span.duration().toNanos());
    }
    append(field, "total", stopwatch.elapsed(c));
    return response.withAddedHeader("Server-Timing", field.toString());
  }

  private static void append(StringBuilder field, String layer, long nanos) {
    field.append(field.isEmpty() ? "" : ", ").append(token(layer)).append(";dur=").append(Millis.exact(nanos));
  }

  /** The name as a token of RFC 9110 section 5.6.2; what cannot stand in one becomes a hyphen. */
  private static String token(String layer) {
    String token = layer.replaceAll("[^A-Za-z0-9_.-]", "-");
    return token.isEmpty() ? "-" : token;
  }
}
