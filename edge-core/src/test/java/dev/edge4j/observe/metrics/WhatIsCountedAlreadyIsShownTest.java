package dev.edge4j.observe.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.resilience.AdaptiveLimit;
import dev.edge4j.resilience.BreakerOptions;
import dev.edge4j.resilience.Bulkhead;
import dev.edge4j.resilience.CircuitBreaker;
import dev.edge4j.resilience.Permit;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.limits.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Servers, breakers, bulkheads and limits count by themselves; a registry only looks. */
class WhatIsCountedAlreadyIsShownTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  @Test
  void ofAServer() throws Exception {
    var app = new App();
    app.get("/", c -> c.text("ok"));
    try (var server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
        var client = HttpClient.newHttpClient()) {
      ServerMetrics.of(server).bindTo(registry);
      assertEquals(0, registry.get("edge4j.server.requests").functionCounter().count());
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
      assertEquals("ok", client.send(request, HttpResponse.BodyHandlers.ofString()).body());
      assertEquals(1, registry.get("edge4j.server.requests").functionCounter().count());
      assertEquals(Counter.values().length, registry.getMeters().size());
    }
  }

  @Test
  void ofABreaker() {
    var breaker = CircuitBreaker.of("stock", BreakerOptions.defaults());
    ResilienceMetrics.breaker("stock", breaker).bindTo(registry);
    assertEquals(1, gauge("edge4j.breaker.position", "name", "stock", "position", "closed"));
    for (int i = 0; i < 1_000 && breaker.position() == CircuitBreaker.Position.CLOSED; i++) {
      breaker.tryPass().ifPresent(CircuitBreaker.Pass::failed);
    }
    assertEquals(0, gauge("edge4j.breaker.position", "name", "stock", "position", "closed"));
    assertEquals(1, gauge("edge4j.breaker.position", "name", "stock", "position", "open"));
    assertEquals(0, gauge("edge4j.breaker.position", "name", "stock", "position", "half_open"));
  }

  @Test
  void ofABulkhead() {
    var bulkhead = Bulkhead.of(2);
    ResilienceMetrics.bulkhead("stock", bulkhead).bindTo(registry);
    try (Permit _ = bulkhead.tryAcquire().orElseThrow()) {
      assertEquals(1, gauge("edge4j.bulkhead.used", "name", "stock"));
    }
    assertEquals(0, gauge("edge4j.bulkhead.used", "name", "stock"));
    assertEquals(0, gauge("edge4j.bulkhead.waiting", "name", "stock"));
  }

  @Test
  void ofALimit() {
    var limit = AdaptiveLimit.create();
    ResilienceMetrics.limit("stock", limit).bindTo(registry);
    assertTrue(gauge("edge4j.limit.calls", "name", "stock") > 0);
    assertEquals(0, gauge("edge4j.limit.running", "name", "stock"));
  }
}
