package dev.edge4j.observe.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.Context;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.middleware.Timeout;
import dev.edge4j.middleware.TraceId;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace is taken over from who asks and handed on to whom we ask; handlers find it, and event loops keep nothing of it. */
class TracesGoOnFromServerToServerTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
      .setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build())
      .build();
  private final App app = new App();

  private SpanData last() {
    return exporter.getFinishedSpanItems().getLast();
  }

  @Test
  void theCallersSpanIsTheParent() {
    app.use(Traces.to(telemetry));
    app.get("/", c -> c.text(c.require(TraceId.KEY).trace()));
    String seen = app.request(Request.get("/").withHeader("traceparent", PARENT).withHeader("tracestate", "a=1"))
        .text();
    assertEquals(TRACE, seen);
    assertEquals(TRACE, last().getTraceId());
    assertEquals("b7ad6b7169203331", last().getParentSpanId());
    assertEquals("1", last().getSpanContext().getTraceState().get("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "00-" + TRACE + "-0000000000000000-01",
      "00-00000000000000000000000000000000-b7ad6b7169203331-01", "ff-" + TRACE + "-b7ad6b7169203331-01",
      "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", PARENT + "-more"})
  void whatIsNoTraceparentBeginsANewTrace(String value) {
    app.use(Traces.to(telemetry));
    app.get("/", c -> c.text("ok"));
    assertEquals(200, app.request(Request.get("/").withHeader("traceparent", value)).status());
    assertFalse(last().getParentSpanContext().isValid());
    assertNotEquals(TRACE, last().getTraceId());
  }

  @Test
  void twoOfThemAreNone() {
    app.use(Traces.to(telemetry));
    app.get("/", c -> c.text("ok"));
    app.request(Request.get("/").withHeaders(Headers.of("traceparent", PARENT, "traceparent", PARENT)));
    assertFalse(last().getParentSpanContext().isValid());
  }

  @Test
  void aStrangersTraceIsLinkedAndNotContinued() {
    app.use(Traces.to(telemetry).trusting(c -> c.header("X-Ours").isPresent()));
    app.get("/", c -> c.text("ok"));
    app.request(Request.get("/").withHeader("traceparent", PARENT));
    assertFalse(last().getParentSpanContext().isValid());
    assertEquals(TRACE, last().getLinks().getFirst().getSpanContext().getTraceId());
    app.request(Request.get("/").withHeader("traceparent", PARENT).withHeader("X-Ours", "1"));
    assertEquals(TRACE, last().getTraceId());
  }

  @Test
  void handlersFindItAsTheCurrentOneAndNothingStaysBehind() {
    app.use(Traces.to(telemetry), Timeout.after(Duration.ofSeconds(30)), Traces.current());
    app.get("/", c -> {
      assertEquals(Traces.span(c).getSpanContext(), Span.current().getSpanContext());
      telemetry.getTracer("test").spanBuilder("inner").startSpan().end();
      return c.text("ok");
    });
    assertEquals("ok", app.request("/").text());
    SpanData inner = exporter.getFinishedSpanItems().getFirst();
    assertEquals(last().getSpanId(), inner.getParentSpanId());
    assertFalse(Span.current().getSpanContext().isValid());
  }

  @Test
  void anEventLoopKeepsNothingOfARequest() throws Exception {
    app.use(Traces.to(telemetry));
    app.get("/inline", Handler.inline(c -> c.text(Thread.currentThread().isVirtual() + " "
        + Span.current().getSpanContext().isValid() + " " + Traces.span(c).getSpanContext().isValid())));
    try (var server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
        var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/inline")).build();
      for (int i = 0; i < 3; i++) {
        assertEquals("false false true", client.send(request, HttpResponse.BodyHandlers.ofString()).body());
      }
    }
  }

  @Test
  void anOutgoingRequestCarriesTheSpanThatIsCurrentOrElseTheRequests() {
    app.use(Traces.to(telemetry), Traces.current());
    app.get("/own", c -> c.text(traceparent(c)));
    app.get("/child", c -> {
      Span child = telemetry.getTracer("test").spanBuilder("child").startSpan();
      try (var _ = child.makeCurrent()) {
        return c.text(traceparent(c).replace(child.getSpanContext().getSpanId(), "child"));
      } finally {
        child.end();
      }
    });
    var request = Request.get("/own").withHeader("traceparent", PARENT).withHeader("tracestate", "a=1");
    assertEquals("00-" + TRACE + "-SPAN-01", app.request(request).text().replace(last().getSpanId(), "SPAN"));
    assertEquals("00-" + TRACE + "-child-01",
        app.request(Request.get("/child").withHeader("traceparent", PARENT)).text());
  }

  private static String traceparent(Context c) {
    Headers outgoing = Traces.inject(c, Headers.of("Accept", "text/plain", "traceparent", "somebody's"));
    assertEquals(1, outgoing.all("traceparent").size());
    return outgoing.first("traceparent").orElseThrow();
  }

  @Test
  void withoutATraceNoneIsHandedOn() {
    app.get("/", c -> {
      Headers outgoing = Traces.inject(c, c.headers());
      assertFalse(outgoing.contains("traceparent"));
      assertTrue(outgoing.contains("Accept"));
      return c.text("ok");
    });
    var request = Request.get("/").withHeader("traceparent", PARENT).withHeader("Accept", "*/*");
    assertEquals(200, app.request(request).status());
  }
}
