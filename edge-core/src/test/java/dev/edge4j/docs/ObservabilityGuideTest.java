package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.middleware.AccessLog;
import dev.edge4j.middleware.ContextStorage;
import dev.edge4j.middleware.RequestId;
import dev.edge4j.middleware.Timeout;
import dev.edge4j.middleware.Timing;
import dev.edge4j.observe.Health;
import dev.edge4j.observe.metrics.HttpMetrics;
import dev.edge4j.observe.metrics.Prometheus;
import dev.edge4j.observe.metrics.ResilienceMetrics;
import dev.edge4j.observe.metrics.ServerMetrics;
import dev.edge4j.observe.traces.Traces;
import dev.edge4j.resilience.BreakerOptions;
import dev.edge4j.resilience.CircuitBreaker;
import dev.edge4j.server.Readiness;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The listings of docs/observability.md. */
class ObservabilityGuideTest {
  private final App app = new App();

  @Test
  void metricsGoToARegistry() {
    // tag::metrics[]
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    app.get("/metrics", Prometheus.handler(registry)); // before the gate: a scrape is no visitor
    app.use(HttpMetrics.to(registry));
    app.get("/products/:id", c -> c.text("tea"));
    // end::metrics[]
    app.request("/products/7");
    assertTrue(app.request("/metrics").text().contains("http_route=\"/products/:id\""));
  }

  @Test
  void whatIsCountedAlreadyIsBound() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var breaker = CircuitBreaker.of("stock", BreakerOptions.defaults());
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"))) {
      // tag::bound[]
      ServerMetrics.of(server).bindTo(registry);
      ResilienceMetrics.breaker("stock", breaker).bindTo(registry);
      // end::bound[]
      assertTrue(registry.scrape().contains("edge4j_server_shed_total 0.0"), registry.scrape());
      assertTrue(registry.scrape().contains("edge4j_breaker_position{name=\"stock\",position=\"closed\"} 1.0"));
    }
  }

  @Test
  void tracesGoToOpenTelemetry() {
    var exporter = InMemorySpanExporter.create();
    OpenTelemetry telemetry = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build())
        .build();
    var stock = new Stock();
    // tag::traces[]
    app.use(Traces.to(telemetry), Timeout.after(Duration.ofSeconds(2)), Traces.current());
    app.get("/products/:id", c -> {
      Span.current().setAttribute("shop.product", c.param("id").asLong());
      Headers fields = Traces.inject(c, Headers.of("Accept", "application/json")); // with traceparent
      return c.json(c.timed("stock", () -> stock.ask(fields))); // a span of its own, inside
    });
    // end::traces[]
    assertTrue(app.request("/products/7").text().contains("00-"));
    assertEquals(List.of("stock", "GET /products/:id"),
        exporter.getFinishedSpanItems().stream().map(span -> span.getName()).toList());
  }

  private static final class Stock {
    Map<String, String> ask(Headers fields) {
      return Map.of("asked", fields.first("traceparent").orElse("nobody"));
    }
  }

  @Test
  void onlyOurOwnMayContinueATrace() {
    OpenTelemetry telemetry = OpenTelemetry.noop();
    // tag::trust[]
    app.use(Traces.to(telemetry).trusting(c -> c.client().address().isSiteLocalAddress()));
    // end::trust[]
    app.get("/", c -> c.text("ok"));
    assertEquals("ok", app.request("/").text());
  }

  @Test
  void probesAreAnswered() {
    var orders = new Orders();
    var mail = new Orders();
    var readiness = Readiness.create();
    // tag::health[]
    app.get("/livez", Health.alive());
    app.get("/readyz", Health.create()
        .with(readiness) // the server's: not while it starts or stops
        .check("orders", orders::ping) // 503 without it
        .optionalCheck("mail", mail::ping) // "warn", and 200
        .showingChecks(c -> c.client().address().isLoopbackAddress())
        .handler());
    // end::health[]
    assertEquals(200, app.request("/livez").status());
    assertEquals(503, app.request("/readyz").status());
    var options = ServerOptions.port(0).withHost("127.0.0.1").withLifecycle(l -> l.withReadiness(readiness));
    try (var _ = Server.start(app, options)) {
      assertTrue(app.request("/readyz").text().startsWith("{\"status\":\"pass\",\"checks\":{\"orders\":"));
    }
  }

  private static final class Orders {
    void ping() {
      // SELECT 1
    }
  }

  @Test
  void logsAreJson() {
    List<String> lines = new ArrayList<>();
    AccessLog.json();
    // tag::log[]
    app.use(AccessLog.json().withHeaders("User-Agent").to(lines::add), RequestId.create());
    // end::log[]
    app.get("/", c -> c.text("ok"));
    app.request(Request.get("/").withHeader("User-Agent", "curl/8"));
    assertTrue(lines.getFirst().contains("\"http.request.header.user-agent\":\"curl/8\""), lines.getFirst());
  }

  // tag::storage[]
  static String tenant() { // somewhere deep, without a parameter
    return ContextStorage.tryCurrent().flatMap(c -> c.header("X-Tenant")).orElse("public");
  }
  // end::storage[]

  @Test
  void theContextIsFoundWithoutAParameter() {
    // tag::stored[]
    app.use(ContextStorage.create());
    app.get("/whoami", c -> c.text(tenant()));
    // end::stored[]
    assertEquals("tea", app.request(Request.get("/whoami").withHeader("X-Tenant", "tea")).text());
    assertEquals("public", tenant());
  }

  @Test
  void timingsAreForStaff() {
    // tag::timing[]
    app.use(Timing.create().when(c -> c.cookie("staff").isPresent()).readableBy("https://admin.example.com"));
    // end::timing[]
    app.get("/", c -> c.text("ok"));
    assertTrue(app.request("/").header("Server-Timing").isEmpty());
  }
}
