package dev.edge4j.observe.metrics;

import dev.edge4j.server.Server;
import dev.edge4j.server.limits.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;

/**
 * Shows what a server counts: {@code edge4j.server.requests}, {@code edge4j.server.shed}, {@code edge4j.server.queue.timeouts} and so on, a
 * counter for each {@link Counter}. They are read when the registry asks, so counting costs the server nothing more.
 */
@SuppressWarnings("exports") // Micrometer is there for who has a registry to give
public final class ServerMetrics implements MeterBinder {
  private final Server server;

  private ServerMetrics(Server server) {
    this.server = server;
  }

  /** The counts of that server. */
  public static ServerMetrics of(Server server) {
    return new ServerMetrics(server);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Counter counter : Counter.values()) {
      FunctionCounter.builder("edge4j.server." + counter.name().toLowerCase(Locale.ROOT).replace('_', '.'), server,
          s -> s.counts().getOrDefault(counter, 0L)).register(registry);
    }
  }
}
