package dev.edge4j.observe.metrics;

import dev.edge4j.BodyTap;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import dev.edge4j.observe.HttpConventions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times requests: {@code http.server.request.duration}, from this gate to the head of the response, with the buckets that the
 * conventions advise, by method, route, status, scheme and type of error; and {@code http.server.active_requests}, in which a response that is
 * a stream stays until its last byte. What a label does not know is {@code none}.
 *
 * <p>Labels have few values, whatever clients send: the route is a {@linkplain Context#route pattern} and never a path, an unusual method is
 * {@code _OTHER}. Warm-up requests are not counted. Register it once, first, so that it sees what every other gate answers. A {@code
 * MeterFilter} of the registry changes names, labels and buckets.
 *
 * <p>Source: OpenTelemetry Semantic Conventions, HTTP Metrics (stable).
 */
public final class HttpMetrics implements Gate {
  private static final String NONE = "none";

  /** In seconds, as the conventions advise. */
  private static final Duration[] BUCKETS = DoubleStream
      .of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
      .mapToObj(seconds -> Duration.ofMillis(Math.round(seconds * 1_000)))
      .toArray(Duration[]::new);

  private record Labels(String method, String route, int status, String scheme, String error) {}

  private record Asked(String method, String scheme) {}

  private record Begun(long since, AtomicLong active) {}

  private final Key<Begun> begun = Key.named("http-metrics");
  private final MeterRegistry registry;
  /** The registry finds a meter too, but builds its name and all labels for that each time. */
  private final ConcurrentHashMap<Labels, Timer> timers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Asked, AtomicLong> active = new ConcurrentHashMap<>();

  private HttpMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A gate that records in that registry. */
  @SuppressWarnings("exports") // Micrometer is there for who has a registry to give
  public static HttpMetrics to(MeterRegistry registry) {
    return new HttpMetrics(registry);
  }

  @Override
  public Verdict before(Context c) {
    if (!c.isWarmUp()) {
      AtomicLong now = active(new Asked(HttpConventions.method(c), c.request().scheme()));
      now.incrementAndGet();
      c.set(begun, new Begun(c.time().nanoTime(), now));
    }
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    c.get(begun).ifPresent(request -> {
      timer(labels(c, response)).record(c.time().nanoTime() - request.since, TimeUnit.NANOSECONDS);
      if (response.body() instanceof Body.Stream) {
        c.tap(new Leaving(request.active));
      } else {
        request.active.decrementAndGet();
      }
    });
    return response;
  }

  private static Labels labels(Context c, Response response) {
    return new Labels(HttpConventions.method(c), c.route().orElse(NONE), response.status(), c.request().scheme(),
        HttpConventions.errorType(c, response).orElse(NONE));
  }

  private Timer timer(Labels labels) {
    @Nullable
    Timer known = timers.get(labels);
    return known != null ? known : timers.computeIfAbsent(labels, this::register);
  }

  private Timer register(Labels labels) {
    return Timer.builder("http.server.request.duration")
        .description("Time from the first gate to the head of the response")
        .tag("http.request.method", labels.method)
        .tag("http.route", labels.route)
        .tag("http.response.status_code", String.valueOf(labels.status))
        .tag("url.scheme", labels.scheme)
        .tag("error.type", labels.error)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private AtomicLong active(Asked asked) {
    @Nullable
    AtomicLong known = active.get(asked);
    return known != null ? known : active.computeIfAbsent(asked, this::register);
  }

  private AtomicLong register(Asked asked) {
    var now = new AtomicLong();
    Gauge.builder("http.server.active_requests", now, AtomicLong::get)
        .description("Requests that are being answered")
        .baseUnit("requests")
        .tag("http.request.method", asked.method)
        .tag("url.scheme", asked.scheme)
        .strongReference(true)
        .register(registry);
    return now;
  }

  /** Waits for the end of a stream. */
  private record Leaving(AtomicLong active) implements BodyTap {
    @Override
    public void chunk(ByteBuffer bytes) {
      // Only the end counts.
    }

    @Override
    public void end() {
      active.decrementAndGet();
    }

    @Override
    public void abort() {
      active.decrementAndGet();
    }
  }
}
