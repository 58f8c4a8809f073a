package dev.edge4j.server;

import dev.edge4j.server.limits.ClientLimits;
import dev.edge4j.server.limits.Concurrency;
import dev.edge4j.server.limits.Limits;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Where a server listens and what it puts up with.
 *
 * @param endpoint where it listens
 * @param limits what it puts up with; every limit is on by default
 * @param lifecycle what it does before it listens, and when it is told to stop
 */
public record ServerOptions(Endpoint endpoint, Limits limits, Lifecycle lifecycle) {
  /** All defaults, on that port of every interface. */
  public static ServerOptions port(int port) {
    return new ServerOptions(Endpoint.port(port), Limits.defaults(), Lifecycle.defaults());
  }

  public ServerOptions withPort(int port) {
    return withEndpoint(endpoint.withPort(port));
  }

  public ServerOptions withHost(String host) {
    return withEndpoint(endpoint.withHost(host));
  }

  public ServerOptions withEndpoint(Endpoint newEndpoint) {
    return new ServerOptions(newEndpoint, limits, lifecycle);
  }

  /** Changes the limits: {@code options.withLimits(l -> l.withTimeouts(...))}. */
  public ServerOptions withLimits(UnaryOperator<Limits> change) {
    return new ServerOptions(endpoint, change.apply(limits), lifecycle);
  }

  /** Changes what it does at its start and its stop: {@code options.withLifecycle(l -> l.withReadiness(readiness))}. */
  public ServerOptions withLifecycle(UnaryOperator<Lifecycle> change) {
    return new ServerOptions(endpoint, limits, change.apply(lifecycle));
  }

  /** Sets the largest body of a request; over it the answer is 413. */
  public ServerOptions withMaxBodyBytes(long bytes) {
    return withLimits(l -> l.withRequests(l.requests().withMaxBodyBytes(bytes)));
  }

  /** Sets the limits on a request's head: its line (414), and its fields together (431). */
  public ServerOptions withMaxHeadBytes(int maxTargetBytes, int maxHeaderBytes) {
    return withLimits(l -> l.withRequests(l.requests().withMaxHeadBytes(maxTargetBytes, maxHeaderBytes)));
  }

  /** Sets how long a request's head may take, and how long its body may pause. */
  public ServerOptions withRequestTimeouts(Duration head, Duration body) {
    return withLimits(l -> l.withTimeouts(l.timeouts().withRequest(head, body)));
  }

  /** Sets how long a kept connection may lie idle, and how long a client may take nothing of a response. */
  public ServerOptions withConnectionTimeouts(Duration idle, Duration write) {
    return withLimits(l -> l.withTimeouts(l.timeouts().withConnection(idle, write)));
  }

  /** Sets how many requests may be in handlers at a time. */
  public ServerOptions withMaxConcurrent(int maxConcurrent) {
    return withLimits(l -> l.withConcurrency(l.concurrency().withMaxConcurrent(maxConcurrent)));
  }

  /** Sets how many requests may be in handlers at a time, how many wait for that, and what their threads run on. */
  public ServerOptions withConcurrency(Concurrency concurrency) {
    return withLimits(l -> l.withConcurrency(concurrency));
  }

  /** Sets how long a stop waits for requests in flight. */
  public ServerOptions withDrainTimeout(Duration drain) {
    return withLimits(l -> l.withTimeouts(l.timeouts().withDrain(drain)));
  }

  public ServerOptions withClients(ClientLimits clients) {
    return withLimits(l -> l.withClients(clients));
  }
}
