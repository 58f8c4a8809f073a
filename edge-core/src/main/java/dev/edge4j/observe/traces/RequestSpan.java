package dev.edge4j.observe.traces;

import dev.edge4j.BodyTap;
import dev.edge4j.Context;
import dev.edge4j.TimeSource;
import dev.edge4j.Timings;
import dev.edge4j.http.Response;
import dev.edge4j.observe.HttpConventions;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The span of one request. Its times are the application's, so that tests own them and a step of the wall clock bends no span.
 *
 * @param context what children are made from
 * @param began wall time in nanoseconds since 1970
 * @param since the same moment, by {@link TimeSource#nanoTime}
 * @param gates how many gates the request is in that would end it: those of mounted applications are inside
 */
record RequestSpan(Span span, io.opentelemetry.context.Context context, long began, long since,
    AtomicInteger gates) {
  private static final int MAX_LAYERS = 64;

  static RequestSpan begin(Context c, SpanBuilder builder) {
    Instant now = c.time().instant();
    long began = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    Span span = builder.setStartTimestamp(began, TimeUnit.NANOSECONDS).startSpan();
    return new RequestSpan(span, io.opentelemetry.context.Context.root().with(span), began, c.time().nanoTime(),
        new AtomicInteger(1));
  }

  /** {@code GET /products/:id}, or the method alone; {@code HTTP} for one that is not well known. */
  static String name(Context c) {
    String known = HttpConventions.method(c);
    String method = known.equals(HttpConventions.OTHER) ? "HTTP" : known;
    return c.route().map(route -> method + " " + route).orElse(method);
  }

  /** Another gate of a mounted application. */
  void enter() {
    gates.incrementAndGet();
  }

  /** True for the outermost gate, which ends it. */
  boolean leave() {
    return gates.decrementAndGet() == 0;
  }

  /** Notes what the head says, and the layers measured so far. */
  void answered(Context c, Response response, Tracer tracer) {
    if (!span.isRecording()) {
      return;
    }
    span.updateName(name(c)); // below a mount the whole route is known only now
    c.route().ifPresent(route -> span.setAttribute("http.route", route));
    span.setAttribute("http.response.status_code", response.status());
    HttpConventions.errorType(c, response).ifPresent(type -> {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute("error.type", type);
      c.failure().ifPresent(span::recordException);
    });
    List<Timings.Span> layers = c.timings().spans();
    layers.subList(0, Math.min(layers.size(), MAX_LAYERS)).forEach(layer -> child(layer, tracer));
  }

  private void child(Timings.Span layer, Tracer tracer) {
    long end = at(layer.ended());
    tracer.spanBuilder(layer.layer())
        .setParent(context)
        .setStartTimestamp(end - layer.duration().toNanos(), TimeUnit.NANOSECONDS)
        .startSpan()
        .end(end, TimeUnit.NANOSECONDS);
  }

  void end(TimeSource time) {
    span.end(at(time.nanoTime()), TimeUnit.NANOSECONDS);
  }

  private long at(long nanoTime) {
    return began + nanoTime - since;
  }

  /** Ends it with the last byte. */
  BodyTap untilTheEnd(Context c) {
    return new UntilTheEnd(this, c.time());
  }

  private record UntilTheEnd(RequestSpan request, TimeSource time) implements BodyTap {
    @Override
    public void chunk(ByteBuffer bytes) {
      // Only the end counts.
    }

    @Override
    public void end() {
      request.end(time);
    }

    /** No error of the answer: the client has left, or asked for the head alone; a writer that failed is logged by the server. */
    @Override
    public void abort() {
      request.span.addEvent("edge4j.body.aborted", at(), TimeUnit.NANOSECONDS);
      request.end(time);
    }

    private long at() {
      return request.at(time.nanoTime());
    }
  }
}
