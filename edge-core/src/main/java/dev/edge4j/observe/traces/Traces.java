package dev.edge4j.observe.traces;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Middleware;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.TraceId;
import dev.edge4j.observe.HttpConventions;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes a span of each request, a child of what its {@code traceparent} names (W3C Trace Context), and of each layer of {@link
 * Context#timings} a child of that. The span is called {@code GET /products/:id}: by the route's pattern, never by the path. It has the
 * attributes of the conventions but for the query, which holds tokens. It is an error where the answer is 500 or more, with the exception. It
 * ends when the head of the response is ready, or with the last byte of a body that is a stream.
 *
 * <p>A gate runs on an event loop, where nothing may stay behind in a thread-local. So the span lies with the request, and {@link #current}, a
 * middleware, makes it the current one of OpenTelemetry on the request's own virtual thread. Gates and inline handlers ask {@link #context}.
 *
 * <p>Spans begin and end on event loops, so give the SDK a processor that collects them, such as its {@code BatchSpanProcessor}, and not one that
 * sends each at once. Warm-up requests have no span. Register it first. Where an application that has it is mounted in one that has it, the
 * outer one's span is the request's.
 *
 * <p>Source: OpenTelemetry Semantic Conventions, HTTP Spans (stable).
 */
@SuppressWarnings("exports") // OpenTelemetry is there for who has one to give
public final class Traces implements Gate {
  private static final String SCOPE = "dev.edge4j";
  private static final int MAX_ATTRIBUTE = 1_024;
  private static final Key<RequestSpan> KEY = Key.named("traces");
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

  private final Tracer tracer;
  private final Predicate<? super Context> trust;

  private Traces(Tracer tracer, Predicate<? super Context> trust) {
    this.tracer = tracer;
    this.trust = trust;
  }

  /** A gate whose spans go there. Every client may continue a trace of its own; see {@link #trusting}. */
  public static Traces to(OpenTelemetry telemetry) {
    return new Traces(telemetry.getTracer(SCOPE), _ -> true);
  }

  /**
   * Only requests that pass the test continue the trace that they name, those of our own proxies say. The others begin a new one, which is linked
   * to theirs: a stranger can neither have all that he does recorded nor write into somebody's trace.
   *
   * @param trusted must not block
   */
  public Traces trusting(Predicate<? super Context> trusted) {
    return new Traces(tracer, trusted);
  }

  /**
   * A middleware behind this gate that makes the request's span OpenTelemetry's current one for all that follows on the same thread. What a
   * {@code Timeout} runs has a thread of its own, so put it behind that; the writer of a stream runs after it has ended. It ends the fast lane.
   */
  public static Middleware current() {
    return new CurrentSpan();
  }

  /** OpenTelemetry's context with the request's span in it, to make children from; the root, without a span, if there is none. */
  public static io.opentelemetry.context.Context context(Context c) {
    return c.get(KEY).map(RequestSpan::context).orElse(io.opentelemetry.context.Context.root());
  }

  /** The request's span, to add attributes and events to; one that does nothing if there is none. */
  public static Span span(Context c) {
    return Span.fromContext(context(c));
  }

  /**
   * These fields, for a request to another server, with the trace that this one belongs to: {@code traceparent} and {@code tracestate} are
   * the current span's, if that is of this trace, else the request's own. Without one they are taken out: a trace is told by who is in it.
   */
  public static Headers inject(Context c, Headers outgoing) {
    var mine = context(c);
    var current = io.opentelemetry.context.Context.current();
    SpanContext own = Span.fromContext(mine).getSpanContext();
    SpanContext here = Span.fromContext(current).getSpanContext();
    boolean isInside = own.isValid() && here.getTraceId().equals(own.getTraceId());
    Headers.Builder fields = outgoing.toBuilder().remove("traceparent").remove("tracestate");
    W3C.inject(isInside ? current : mine, fields, (carrier, name, value) -> {
      if (carrier != null) {
        carrier.set(name, value);
      }
    });
    return fields.build();
  }

  @Override
  public Verdict before(Context c) {
    Optional<RequestSpan> outer = c.get(KEY);
    if (outer.isPresent()) {
      outer.get().enter();
    } else if (!c.isWarmUp()) {
      var begun = RequestSpan.begin(c, builder(c));
      c.set(KEY, begun);
      SpanContext ids = begun.span().getSpanContext();
      if (ids.isValid()) {
        c.set(TraceId.KEY, new TraceId(ids.getTraceId(), ids.getSpanId()));
      }
    }
    return Verdict.pass();
  }

  private SpanBuilder builder(Context c) {
    String method = HttpConventions.method(c);
    SpanBuilder builder = tracer.spanBuilder(RequestSpan.name(c)).setSpanKind(SpanKind.SERVER);
    var root = io.opentelemetry.context.Context.root();
    var theirs = W3C.extract(root, c.headers(), new FieldGetter());
    if (trust.test(c)) {
      builder.setParent(theirs);
    } else {
      builder.setNoParent().addLink(Span.fromContext(theirs).getSpanContext());
    }
    builder.setAttribute("http.request.method", method)
        .setAttribute("url.path", cut(c.path()))
        .setAttribute("url.scheme", c.request().scheme())
        .setAttribute("client.address", c.client().address().getHostAddress());
    if (method.equals(HttpConventions.OTHER)) {
      builder.setAttribute("http.request.method_original", cut(c.method().name()));
    }
    if (!c.request().host().isEmpty()) {
      builder.setAttribute("server.address", cut(c.request().host()));
    }
    c.header("User-Agent").ifPresent(agent -> builder.setAttribute("user_agent.original", cut(agent)));
    c.route().ifPresent(route -> builder.setAttribute("http.route", route));
    return builder;
  }

  private static String cut(String text) {
    return text.length() <= MAX_ATTRIBUTE ? text : text.substring(0, MAX_ATTRIBUTE);
  }

  @Override
  public Response after(Context c, Response response) {
    c.get(KEY).filter(RequestSpan::leave).ifPresent(request -> {
      request.answered(c, response, tracer);
      if (response.body() instanceof Body.Stream) {
        c.tap(request.untilTheEnd(c));
      } else {
        request.end(c.time());
      }
    });
    return response;
  }
}
