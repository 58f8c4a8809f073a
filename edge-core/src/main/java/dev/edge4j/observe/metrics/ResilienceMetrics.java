package dev.edge4j.observe.metrics;

import dev.edge4j.resilience.AdaptiveLimit;
import dev.edge4j.resilience.Bulkhead;
import dev.edge4j.resilience.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Shows how what bounds failing dependencies stands, under a name that tells one from the other: the dependency's. */
@SuppressWarnings("exports") // Micrometer is there for who has a registry to give
public final class ResilienceMetrics {
  private ResilienceMetrics() {}

  /** {@code edge4j.breaker.position}: 1 for the position that it is in ({@code closed}, {@code open}, {@code half_open}), 0 for the others. */
  public static MeterBinder breaker(String name, CircuitBreaker breaker) {
    return registry -> {
      for (CircuitBreaker.Position position : CircuitBreaker.Position.values()) {
        Gauge.builder("edge4j.breaker.position", breaker, b -> b.position() == position ? 1 : 0)
            .tag("name", name)
            .tag("position", position.name().toLowerCase(Locale.ROOT))
            .strongReference(true)
            .register(registry);
      }
    };
  }

  /** {@code edge4j.bulkhead.used} and {@code edge4j.bulkhead.waiting}: places that are taken, and calls that wait for one. */
  public static MeterBinder bulkhead(String name, Bulkhead bulkhead) {
    return registry -> {
      gauge(registry, "edge4j.bulkhead.used", name, bulkhead, Bulkhead::inUse);
      gauge(registry, "edge4j.bulkhead.waiting", name, bulkhead, Bulkhead::waiting);
    };
  }

  /** {@code edge4j.limit.calls} and {@code edge4j.limit.running}: how many calls the limit allows now, and how many there are. */
  public static MeterBinder limit(String name, AdaptiveLimit limit) {
    return registry -> {
      gauge(registry, "edge4j.limit.calls", name, limit, AdaptiveLimit::limit);
      gauge(registry, "edge4j.limit.running", name, limit, AdaptiveLimit::inFlight);
    };
  }

  private static <T> void gauge(MeterRegistry registry, String meter, String name, T of, ToDoubleFunction<T> value) {
    Gauge.builder(meter, of, value).tag("name", name).strongReference(true).register(registry);
  }
}
