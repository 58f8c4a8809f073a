package dev.edge4j.data.observe;

import dev.edge4j.data.MeshCall;
import dev.edge4j.data.MeshListener;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Makes a span of each call of a mesh, {@code catalog read}, a child of OpenTelemetry's current one: behind {@code Traces.current()} that of
 * the request. Its attributes: {@code db.system.name} (the engine), {@code edge4j.mesh.class}, {@code .by} (who answered), {@code .asked} and
 * {@code .given} (the consistency), {@code .lag_ms} and {@code .why}. It is an error, with its exception, where the call threw.
 */
public final class MeshTraces implements MeshListener {
  private final Tracer tracer;
  private final InstantSource clock;

  private MeshTraces(Tracer tracer, InstantSource clock) {
    this.tracer = tracer;
    this.clock = clock;
  }

  /** A listener whose spans go there. */
  @SuppressWarnings("exports") // OpenTelemetry is there for who has one to give
  public static MeshTraces to(OpenTelemetry telemetry) {
    return new MeshTraces(telemetry.getTracer("dev.edge4j"), InstantSource.system());
  }

  @Override
  public void called(MeshCall call) {
    Instant end = clock.instant();
    Span span = tracer.spanBuilder(call.name() + " " + call.kind().name().toLowerCase(Locale.ROOT))
        .setSpanKind(SpanKind.CLIENT)
        .setStartTimestamp(end.minus(call.took()))
        .setAttribute("db.system.name", call.engine())
        .setAttribute("edge4j.mesh.class", call.name())
        .setAttribute("edge4j.mesh.by", call.by().name().toLowerCase(Locale.ROOT))
        .setAttribute("edge4j.mesh.asked", call.asked().toString())
        .setAttribute("edge4j.mesh.given", call.given())
        .startSpan();
    call.lag().ifPresent(lag -> span.setAttribute("edge4j.mesh.lag_ms", lag.toMillis()));
    if (!call.why().isEmpty()) {
      span.setAttribute("edge4j.mesh.why", call.why());
    }
    call.failure().ifPresent(failure -> {
      span.recordException(failure);
      span.setStatus(StatusCode.ERROR);
    });
    span.end(end);
  }
}
