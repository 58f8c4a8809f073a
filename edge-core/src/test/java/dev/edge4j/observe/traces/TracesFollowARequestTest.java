package dev.edge4j.observe.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.HttpError;
import dev.edge4j.NotFound;
import dev.edge4j.http.Body;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.testing.VirtualClock;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each request leaves one span that says what was asked, by the route's pattern, and how it ended. */
class TracesFollowARequestTest {
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
      .setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build())
      .build();
  private final VirtualClock clock = new VirtualClock();
  private final App app = new App();

  TracesFollowARequestTest() {
    app.time(clock);
    app.use(Traces.to(telemetry));
  }

  private SpanData only() {
    List<SpanData> spans = exporter.getFinishedSpanItems();
    assertEquals(1, spans.size());
    return spans.getFirst();
  }

  private static String text(SpanData span, String name) {
    return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(name)));
  }

  @Test
  void itHasTheNameAndTheAttributesOfTheConventions() {
    app.get("/products/:id", c -> {
      clock.advance(Duration.ofMillis(20));
      return c.text("tea");
    });
    app.request(Request.get("/products/7?token=hunter2")
        .withHeader("Host", "Shop.example:8080")
        .withHeader("User-Agent", "curl/8"));
    SpanData span = only();
    assertEquals("GET /products/:id", span.getName());
    assertEquals(SpanKind.SERVER, span.getKind());
    assertEquals("GET", text(span, "http.request.method"));
    assertEquals("/products/:id", text(span, "http.route"));
    assertEquals("/products/7", text(span, "url.path"));
    assertEquals("http", text(span, "url.scheme"));
    assertEquals("shop.example", text(span, "server.address"));
    assertEquals("curl/8", text(span, "user_agent.original"));
    assertEquals("127.0.0.1", text(span, "client.address"));
    assertEquals(200L, span.getAttributes().get(AttributeKey.longKey("http.response.status_code")));
    assertEquals(20_000_000, span.getEndEpochNanos() - span.getStartEpochNanos());
    assertEquals(clock.instant().toEpochMilli(), span.getEndEpochNanos() / 1_000_000);
    assertFalse(span.toString().contains("hunter2"));
    assertFalse(span.getParentSpanContext().isValid());
  }

  @Test
  void belowAMountItHasTheWholeRouteAndOneSpan() {
    var shop = new App();
    shop.use(Traces.to(telemetry));
    shop.get("/items/:id", c -> c.text("item"));
    app.mount("/shop", shop);
    app.request("/shop/items/1");
    assertEquals("GET /shop/items/:id", only().getName());
  }

  @Test
  void withoutARouteTheMethodIsAllThereIsToSay() {
    app.request("/no/such/path");
    assertEquals("GET", only().getName());
    exporter.reset();
    app.request(Request.of(Method.of("BREW"), "/pot"));
    assertEquals("HTTP", only().getName());
    assertEquals("_OTHER", text(only(), "http.request.method"));
    assertEquals("BREW", text(only(), "http.request.method_original"));
  }

  @Test
  void onlyTheServersErrorsAreErrors() {
    app.get("/bug", _ -> {
      throw new IllegalStateException("broken");
    });
    app.get("/gone", _ -> {
      throw new NotFound("gone");
    });
    app.get("/gateway", _ -> {
      throw new HttpError(502, "bad gateway");
    });
    app.request("/bug");
    assertEquals(StatusCode.ERROR, only().getStatus().getStatusCode());
    assertEquals("java.lang.IllegalStateException", text(only(), "error.type"));
    assertEquals("broken", only().getEvents()
        .getFirst()
        .getAttributes()
        .get(AttributeKey.stringKey("exception.message")));
    exporter.reset();
    app.request("/gone");
    assertEquals(StatusCode.UNSET, only().getStatus().getStatusCode());
    assertEquals(List.of(), only().getEvents());
    exporter.reset();
    app.request("/gateway");
    assertEquals(StatusCode.ERROR, only().getStatus().getStatusCode());
    assertEquals("502", text(only(), "error.type"));
  }

  @Test
  void aStreamEndsItWithItsLastByte() throws IOException {
    app.get("/", c -> Response.of(200).withBody(new Body.Stream(_ -> clock.advance(Duration.ofSeconds(3)))));
    app.get("/broken", c -> Response.of(200)
        .withBody(new Body.Stream(_ -> {
          throw new IOException("broken");
        })));
    Response whole = app.request("/");
    assertEquals(List.of(), exporter.getFinishedSpanItems());
    ((Body.Stream) whole.body()).writer().writeTo(new ByteArrayOutputStream());
    assertEquals(3_000_000_000L, only().getEndEpochNanos() - only().getStartEpochNanos());
    exporter.reset();
    Response broken = app.request("/broken");
    try {
      ((Body.Stream) broken.body()).writer().writeTo(new ByteArrayOutputStream());
    } catch (IOException e) {
      assertEquals("broken", e.getMessage());
    }
    assertEquals("edge4j.body.aborted", only().getEvents().getFirst().getName());
    exporter.reset();
    app.request(Request.of(Method.HEAD, "/"));
    assertEquals("HEAD /", only().getName());
  }

  @Test
  void eachMeasuredLayerIsAChildInItsPlace() {
    app.get("/", c -> {
      clock.advance(Duration.ofMillis(1));
      c.timed("db", () -> {
        clock.advance(Duration.ofMillis(5));
        return 1;
      });
      clock.advance(Duration.ofMillis(2));
      return c.text("ok");
    });
    app.request("/");
    List<SpanData> spans = exporter.getFinishedSpanItems();
    assertEquals(List.of("db", "GET /"), spans.stream().map(SpanData::getName).toList());
    SpanData layer = spans.getFirst();
    SpanData request = spans.getLast();
    assertEquals(request.getSpanId(), layer.getParentSpanId());
    assertEquals(1_000_000, layer.getStartEpochNanos() - request.getStartEpochNanos());
    assertEquals(5_000_000, layer.getEndEpochNanos() - layer.getStartEpochNanos());
  }

  @Test
  void warmUpLeavesNone() {
    app.get("/", c -> {
      assertFalse(Traces.span(c).getSpanContext().isValid());
      return c.text("ok");
    });
    assertEquals(200, app.warmUp(Request.get("/")).status());
    assertTrue(exporter.getFinishedSpanItems().isEmpty());
  }
}
