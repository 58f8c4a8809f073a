package dev.edge4j.examples.shop;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.data.EventSink;
import dev.edge4j.http.Response;

/** Appends one event for each request to the analytics, after the response has left. */
final class Performance implements Gate {
  private static final Key<Long> BEGIN = Key.named("performance-begin");

  private final EventSink sink;
  private final String region;

  Performance(EventSink sink, String region) {
    this.sink = sink;
    this.region = region;
  }

  @Override
  public Verdict before(Context c) {
    c.set(BEGIN, System.nanoTime());
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    long micros = (System.nanoTime() - c.require(BEGIN)) / 1_000;
    String country = c.geo().country().orElse("unknown");
    String cache = response.header("X-Cache").orElse("NONE");
    String version = response.header("X-Canary").orElse("none");
    var event = new EdgeRequest(c.path(), c.method().name(), response.status(), micros, region, country, cache,
        version);
    if (!c.isWarmUp()) {
      c.waitUntil(() -> sink.append(event));
    }
    return response;
  }
}
