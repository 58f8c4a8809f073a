package dev.edge4j.data;

import static dev.edge4j.data.Promises.batched;
import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.data.observe.MeshMetrics;
import dev.edge4j.data.observe.MeshTraces;
import dev.edge4j.data.sqlite.SqliteEventSink;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.CopiedStore;
import dev.edge4j.middleware.Timing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mesh asks of its stores is told to listeners, counted, traced, shown in Server-Timing, and explained beforehand. */
class EveryCallIsToldTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final CopiedStore replica;
  private final DataMesh mesh;

  EveryCallIsToldTest(@TempDir Path folder) {
    SqliteStore rows = SqliteStore.open(folder.resolve("origin.db"));
    CopiedStore origin = CopiedStore.primary(rows);
    this.replica = CopiedStore.replicaOf(origin, SqliteStore.open(folder.resolve("replica.db")));
    var telemetry = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build())
        .build();
    this.mesh = DataMesh.builder()
        .owns(origin)
        .sql("catalog", replica, eventual(Duration.ofSeconds(5)))
        .sql("profiles", replica, readAfterWrite())
        .events("views", SqliteEventSink.on(rows.database(), "views"), batched(10, Duration.ofHours(1)))
        .listen(call -> heard.add(call.name() + " " + call.kind() + " " + call.by() + " " + call.asked() + " " + call
            .given() + " " + call.lag().map(Duration::toMillis).orElse(-1L) + call.failure()
                .map(e -> " " + e
                    .getMessage())
                .orElse("")))
        .listen(_ -> {
          throw new IllegalStateException("a listener that fails");
        })
        .listen(MeshMetrics.to(registry))
        .listen(MeshTraces.to(telemetry))
        .build();
  }

  @AfterEach
  void close() {
    mesh.close();
  }

  @Test
  void toListenersWithWhatWasAskedAndGiven() {
    replica.lagBehind(Duration.ofMillis(1_200));
    ask(mesh.session(), "catalog");
    replica.lagBehind(Duration.ofSeconds(6));
    ask(mesh.session(), "catalog");
    mesh.session().update("profiles", "CREATE TABLE a (b TEXT)", Map.of());
    replica.fail(true);
    ask(mesh.session(Bookmark.NONE), "profiles");
    mesh.events("views").append(Map.of("path", "/"));
    mesh.events("views").flush();
    assertEquals(List.of("catalog READ REPLICA eventual(5s) eventual(5s) 1200",
        "catalog READ ORIGIN eventual(5s) strong() -1",
        "profiles WRITE ORIGIN readAfterWrite() strong() -1",
        "profiles READ REPLICA readAfterWrite() readAfterWrite() 6000 no connection to the replica",
        "profiles READ ORIGIN readAfterWrite() strong() -1",
        "views EVENTS PRIMARY batched(10, 1h) batched(10, 1h) -1"), heard);
  }

  @Test
  void toMeters() {
    replica.lagBehind(Duration.ofSeconds(2));
    ask(mesh.session(), "catalog");
    replica.fail(true);
    ask(mesh.session(), "catalog");
    assertEquals(1, registry.get("edge4j.mesh.call")
        .tags("class", "catalog", "kind", "read", "by", "replica", "engine", "test", "given", "eventual(5s)", "error",
            "none")
        .timer()
        .count());
    assertEquals(1, registry.get("edge4j.mesh.call").tags("by", "replica", "error", "StoreException").timer().count());
    assertEquals(1, registry.get("edge4j.mesh.call").tags("by", "origin", "given", "strong()").timer().count());
    assertEquals(2.0, registry.get("edge4j.mesh.lag").tags("class", "catalog").summary().max(), 0.001);
  }

  @Test
  void toTraces() {
    replica.lagBehind(Duration.ofSeconds(6));
    ask(mesh.session(), "catalog");
    SpanData span = spans.getFinishedSpanItems().getFirst();
    assertEquals("catalog read", span.getName());
    assertEquals("eventual(5s)", attribute(span, "edge4j.mesh.asked"));
    assertEquals("strong()", attribute(span, "edge4j.mesh.given"));
    assertEquals("origin", attribute(span, "edge4j.mesh.by"));
    assertEquals("test", attribute(span, "db.system.name"));
    assertEquals("the replica is 6s behind, promised is eventual(5s)", attribute(span, "edge4j.mesh.why"));
    assertTrue(span.getEndEpochNanos() >= span.getStartEpochNanos());
  }

  @Test
  void inServerTiming() {
    var app = new App();
    app.use(Timing.create());
    app.get("/", c -> {
      mesh.session(c).update("profiles", "CREATE TABLE a (b TEXT)", Map.of());
      return c.text(ask(mesh.session(c), "catalog"));
    });
    String field = app.request("/").header("Server-Timing").orElseThrow();
    assertTrue(field.matches("profiles\\.write;dur=[0-9.]+, catalog\\.replica;dur=[0-9.]+, total;dur=.*"), field);
  }

  @Test
  void andExplainedBeforehand() {
    replica.lagBehind(Duration.ofMillis(1_500));
    MeshSession session = mesh.session();
    assertEquals("catalog: eventual(5s) at edge on test; REPLICA, 1.5s behind", session.explain("catalog").toString());
    assertEquals(
        "profiles: readAfterWrite() at edge on test; ORIGIN, 1.5s behind, for what the visitor has written is not known",
        session.explain("profiles").toString());
    replica.loseItsAge(true);
    assertEquals(
        "catalog: eventual(5s) at edge on test; ORIGIN, for the replica failed: the replica does not know its age",
        session.explain("catalog").toString());
    assertEquals(List.of(), heard, "nobody was asked for rows");
    assertThrows(IllegalArgumentException.class, () -> session.explain("catalogue"));
  }

  private static String attribute(SpanData span, String name) {
    return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(name)));
  }

  private static String ask(MeshSession session, String name) {
    return String.valueOf(session.queryOne(name, Long.class, "SELECT 1", Map.of()).orElseThrow());
  }
}
