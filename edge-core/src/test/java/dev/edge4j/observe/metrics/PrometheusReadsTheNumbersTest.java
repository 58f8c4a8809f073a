package dev.edge4j.observe.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Prometheus server gets the numbers in the form that it asks for. */
class PrometheusReadsTheNumbersTest {
  /** As Prometheus 2.55 sends it. */
  private static final String VERSION_2 = "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;"
      + "version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

  /** As Prometheus 3 sends it. */
  private static final String VERSION_3 = "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
      + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
      + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final App app = new App();

  PrometheusReadsTheNumbersTest() {
    app.get("/metrics", Prometheus.handler(registry));
    app.use(HttpMetrics.to(registry));
    app.get("/products/:id", c -> c.text("tea"));
    app.request("/products/1");
    app.request("/products/2");
  }

  @Test
  void asTextUnlessItAsksForMore() {
    Response answer = app.request("/metrics");
    assertEquals("text/plain; version=0.0.4; charset=utf-8", answer.header("Content-Type").orElseThrow());
    assertEquals("no-store", answer.header("Cache-Control").orElseThrow());
    assertEquals("Accept", answer.header("Vary").orElseThrow());
    String series = "http_server_request_duration_seconds_count{error_type=\"none\",http_request_method=\"GET\","
        + "http_response_status_code=\"200\",http_route=\"/products/:id\",url_scheme=\"http\"} 2";
    assertTrue(answer.text().contains(series), answer.text());
    assertTrue(answer.text().contains("le=\"0.005\""), answer.text());
    assertFalse(answer.text().contains("# EOF"));
  }

  @ParameterizedTest
  @ValueSource(strings = {VERSION_2, VERSION_3, "application/openmetrics-text"})
  void asOpenMetricsIfItLikesThatBetter(String accept) {
    Response answer = app.request(Request.get("/metrics").withHeader("Accept", accept));
    assertEquals("application/openmetrics-text; version=1.0.0; charset=utf-8",
        answer.header("Content-Type").orElseThrow());
    assertTrue(answer.text().endsWith("# EOF\n"), answer.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "text/plain", "image/png",
      "text/plain;version=0.0.4,application/openmetrics-text;q=0.1"})
  void asTextOtherwise(String accept) {
    Response answer = app.request(Request.get("/metrics").withHeader("Accept", accept));
    assertTrue(answer.header("Content-Type").orElseThrow().startsWith("text/plain"));
  }
}
