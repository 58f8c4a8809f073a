package dev.edge4j.data.observe;

import dev.edge4j.data.MeshCall;
import dev.edge4j.data.MeshListener;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times the calls of a mesh: {@code edge4j.mesh.call}, by class of data, kind of call, engine, who answered and the type of
 * what it threw; and {@code edge4j.mesh.lag}, in seconds, how far behind the replicas were that were asked. Labels have few values.
 */
public final class MeshMetrics implements MeshListener {
  private static final String NONE = "none";

  private record Labels(String name, MeshCall.Kind kind, String engine, String by, String given, String error) {}

  private final MeterRegistry registry;
  /** The registry finds a meter too, but builds its name and all labels for that each time. */
  private final ConcurrentHashMap<Labels, Timer> timers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, DistributionSummary> lags = new ConcurrentHashMap<>();

  private MeshMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A listener that records in that registry. */
  @SuppressWarnings("exports") // Micrometer is there for who has a registry to give
  public static MeshMetrics to(MeterRegistry registry) {
    return new MeshMetrics(registry);
  }

  @Override
  public void called(MeshCall call) {
    var labels = new Labels(call.name(), call.kind(), call.engine(), call.by().name().toLowerCase(Locale.ROOT), call
        .given(), call.failure().map(failure -> failure.getClass().getSimpleName()).orElse(NONE));
    timers.computeIfAbsent(labels, this::timer).record(call.took());
    call.lag()
        .ifPresent(lag -> lags.computeIfAbsent(call.name(), this::lag).record(lag.toNanos() / 1e9));
  }

  private Timer timer(Labels labels) {
    return Timer.builder("edge4j.mesh.call")
        .description("Calls of a class of data to one store")
        .tag("class", labels.name)
        .tag("kind", labels.kind.name().toLowerCase(Locale.ROOT))
        .tag("engine", labels.engine)
        .tag("by", labels.by)
        .tag("given", labels.given)
        .tag("error", labels.error)
        .register(registry);
  }

  private DistributionSummary lag(String name) {
    return DistributionSummary.builder("edge4j.mesh.lag")
        .description("How far behind the replicas were that were asked")
        .baseUnit("seconds")
        .tag("class", name)
        .register(registry);
  }
}
