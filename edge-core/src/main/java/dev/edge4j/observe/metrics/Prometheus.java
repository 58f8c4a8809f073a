package dev.edge4j.observe.metrics;

import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;

/** Answers a Prometheus server that comes for the numbers: {@code app.get("/metrics", Prometheus.handler(registry))}. */
public final class Prometheus {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final Headers HEADERS = Headers.of("Cache-Control", "no-store", "Vary", "Accept");

  private Prometheus() {}

  /**
   * The registry as Prometheus text, or as OpenMetrics for who likes that better. It is answered however busy the server is, so put it where
   * visitors do not come: on another port, or behind {@code IpRules} or {@code BasicAuth}.
   */
  @SuppressWarnings("exports") // Micrometer is there for who has a registry to give
  public static Handler handler(PrometheusMeterRegistry registry) {
    return Handler.exempt(c -> {
      String type = type(c);
      var bytes = new ByteArrayOutputStream();
      registry.scrape(bytes, type);
      return Response.bytes(200, type, bytes.toByteArray())
          .withHeaders(HEADERS.with("Content-Type", type));
    });
  }

  /** Names have but letters, digits and underscores here, so each way of escaping others (Prometheus 3) comes to the same. */
  private static String type(Context c) {
    return c.accepts(TEXT, OPEN_METRICS, OPEN_METRICS + "; escaping=allow-utf-8", OPEN_METRICS
        + "; escaping=underscores")
        .filter(type -> type.startsWith("application/"))
        .map(_ -> OPEN_METRICS)
        .orElse(TEXT);
  }
}
