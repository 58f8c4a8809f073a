package dev.edge4j.observe.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.testing.VirtualClock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Requests are counted and timed by what takes few values, whatever clients send. */
class HttpMetricsCountByRouteTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new MockClock());
  private final VirtualClock clock = new VirtualClock();
  private final App app = new App();

  HttpMetricsCountByRouteTest() {
    app.time(clock);
    app.use(HttpMetrics.to(registry));
  }

  private Timer timer(String... tags) {
    return registry.get("http.server.request.duration").tags(tags).timer();
  }

  private double active() {
    return registry.get("http.server.active_requests").gauge().value();
  }

  @Test
  void aPatternStandsForAllItsPaths() {
    app.get("/products/:id", c -> {
      clock.advance(Duration.ofMillis(30));
      return c.text("tea");
    });
    for (int i = 0; i < 100; i++) {
      app.request("/products/" + i);
    }
    Timer timer = timer("http.request.method", "GET", "http.route", "/products/:id", "http.response.status_code", "200",
        "url.scheme", "http", "error.type", "none");
    assertEquals(100, timer.count());
    assertEquals(3_000, timer.totalTime(TimeUnit.MILLISECONDS));
    assertEquals(1, registry.find("http.server.request.duration").timers().size());
  }

  @Test
  void nothingThatAClientMakesUpBecomesALabel() {
    app.get("/", c -> c.text("ok"));
    for (int i = 0; i < 50; i++) {
      app.request("/no/such/path/" + i);
      app.request(Request.of(Method.of("METHOD" + i), "/"));
    }
    Set<String> routes = registry.getMeters()
        .stream()
        .map(Meter::getId)
        .map(id -> id.getTag("http.request.method") + " " + id.getTag("http.route"))
        .collect(Collectors.toSet());
    assertEquals(Set.of("GET none", "_OTHER none", "GET null", "_OTHER null"), routes);
  }

  @Test
  void anErrorIsNamedByItsClassOrItsStatus() {
    app.get("/bug", _ -> {
      throw new IllegalStateException("a secret");
    });
    app.get("/busy", _ -> {
      throw new ServiceUnavailable("later", Duration.ofSeconds(1));
    });
    app.get("/own", c -> c.text(502, "bad gateway"));
    app.request("/bug");
    app.request("/busy");
    app.request("/own");
    app.request("/nowhere");
    assertEquals(1, timer("http.route", "/bug", "error.type", "java.lang.IllegalStateException").count());
    assertEquals(1, timer("http.route", "/busy", "error.type", "503").count());
    assertEquals(1, timer("http.route", "/own", "error.type", "502").count());
    assertEquals(1, timer("http.response.status_code", "404", "error.type", "none").count());
  }

  @Test
  void whatAGateAnswersIsCounted() {
    app.use((Gate) c -> Verdict.answer(c.text(403, "no")));
    app.get("/a", c -> c.text("never"));
    app.request("/a");
    assertEquals(1, timer("http.route", "/a", "http.response.status_code", "403").count());
  }

  @Test
  void theBucketsAreThoseOfTheConventions() {
    app.get("/", c -> c.text("ok"));
    app.request("/");
    double[] seconds = Arrays.stream(timer().takeSnapshot().histogramCounts())
        .mapToDouble((CountAtBucket bucket) -> bucket.bucket(TimeUnit.SECONDS))
        .toArray();
    assertArrayEquals(new double[]{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10}, seconds);
  }

  @Test
  void aRequestIsActiveUntilItsAnswerAndAStreamUntilItsEnd() throws IOException {
    app.get("/", c -> {
      assertEquals(1, active());
      return c.text("ok");
    });
    app.get("/stream", c -> Response.of(200).withBody(new Body.Stream(out -> out.write(1))));
    app.get("/broken", c -> Response.of(200)
        .withBody(new Body.Stream(_ -> {
          throw new IOException("broken");
        })));
    app.request("/");
    assertEquals(0, active());
    write(app.request("/stream"));
    assertEquals(0, active());
    write(app.request("/broken"));
    assertEquals(0, active());
    app.request(Request.of(Method.HEAD, "/stream"));
    assertEquals(0, registry.get("http.server.active_requests").tag("http.request.method", "HEAD").gauge().value());
  }

  private void write(Response response) throws IOException {
    assertEquals(1, active());
    try {
      ((Body.Stream) response.body()).writer().writeTo(new ByteArrayOutputStream());
    } catch (IOException e) {
      assertEquals("broken", e.getMessage());
    }
  }

  @Test
  void warmUpIsNobodysRequest() {
    app.get("/", (Context c) -> c.text("ok"));
    app.warmUp(Request.get("/"));
    assertEquals(0, registry.getMeters().size());
  }
}
