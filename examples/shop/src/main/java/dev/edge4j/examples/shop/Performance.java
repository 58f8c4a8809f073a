package dev.edge4j.examples.shop;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.data.EventSink;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.examples.shop.edge.ServerTimings;
import dev.edge4j.examples.shop.edge.Site;
import dev.edge4j.examples.shop.edge.Span;
import dev.edge4j.examples.shop.edge.Trace;
import dev.edge4j.examples.shop.ops.Measured;
import dev.edge4j.examples.shop.ops.Monitor;
import dev.edge4j.http.FetchPurpose;
import dev.edge4j.http.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Measures each request, layer by layer: for its own bar and header fields, for the dashboard, and as one event of the analytics, which is appended
 * after the response has left, unless the request was one too many. What only tells how the shop is doing, the dashboard and probes, is not measured; what a browser fetches ahead is, but shows its version to
 * nobody yet.
 */
final class Performance implements Gate {
  private static final int REFUSED = 429;
  private static final int MOST_PATH = 200;

  private final EventSink sink;
  private final Site site;
  private final Monitor monitor;

  Performance(EventSink sink, Site site, Monitor monitor) {
    this.sink = sink;
    this.site = site;
    this.monitor = monitor;
  }

  @Override
  public Verdict before(Context c) {
    if (!isOfOthers(c)) {
      Trace.begin(c, site);
    }
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    Optional<Trace> trace = Trace.of(c);
    trace.filter(_ -> !c.isWarmUp()).ifPresent(known -> count(c, known, response));
    return trace.map(known -> ServerTimings.on(response, known)).orElse(response);
  }

  private void count(Context c, Trace trace, Response response) {
    Optional<String> step = response.header(ServedFrom.FIELD).map(text -> text.split(";", 2)[0]);
    FetchPurpose purpose = FetchPurpose.of(c.headers());
    Optional<String> exposed = response.header("X-Canary").filter(_ -> !purpose.isSpeculative());
    var measured = new Measured(response.status(), trace.elapsed(), trace.spans(), step, exposed);
    monitor.record(measured);
    if (response.status() == REFUSED) {
      return; // counted, but not kept: whoever asks too often would write our disk full
    }
    EdgeRequest event = event(c, measured, purpose, response);
    c.waitUntil(() -> sink.append(event));
  }

  private EdgeRequest event(Context c, Measured measured, FetchPurpose purpose, Response response) {
    String layers = measured.spans()
        .stream()
        .map(Performance::layer)
        .collect(Collectors.joining(" "));
    return new EdgeRequest(cut(c.path()), c.method().name(), response.status(), measured.total().toNanos() / 1_000,
        site.region(), c.geo().country().orElse("unknown"), response.header("X-Cache").orElse("NONE"),
        response.header("X-Canary").orElse("none"), layers, purpose.name().toLowerCase(Locale.ROOT));
  }

  private static String cut(String path) {
    return path.substring(0, Math.min(path.length(), MOST_PATH));
  }

  private static String layer(Span span) {
    return span.layer() + "=" + span.duration().toNanos() / 1_000;
  }

  /** The dashboard, and what another region answers, which measures it itself. */
  private static boolean isOfOthers(Context c) {
    return c.path().equals("/_edge") || c.path().startsWith("/_edge/") || c.path().startsWith("/_far/");
  }
}
