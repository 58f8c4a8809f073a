package dev.edge4j.server;

import java.time.Duration;

/**
 * Where a server listens and what it puts up with. Every limit is on by default.
 *
 * @param host the address or name to bind; {@code 0.0.0.0} is every IPv4 interface
 * @param port 0 lets the system choose, see {@link Server#port()}
 * @param maxTargetBytes longest request line; over it the answer is 414
 * @param maxHeaderBytes all header fields together; over it 431
 * @param maxBodyBytes a request's body; over it 413
 * @param headTimeout from a request's first byte to the end of its header fields, and from connecting to the first byte; then 408
 * @param bodyTimeout longest pause while a body is read; then 408
 * @param idleTimeout how long a kept connection may lie idle between two requests
 * @param writeTimeout how long a client may take no byte of a response; then the connection is closed
 * @param maxConcurrent requests in handlers at a time; past it the answer is 503 with {@code Retry-After}
 * @param drainTimeout how long a stop waits for requests in flight and for work after responses
 * @param clients what one client, and all together, may take of the connections
 */
public record ServerOptions(String host, int port, int maxTargetBytes, int maxHeaderBytes, long maxBodyBytes,
    Duration headTimeout, Duration bodyTimeout, Duration idleTimeout, Duration writeTimeout, int maxConcurrent,
    Duration drainTimeout, ClientLimits clients) {

  /** All defaults, on that port of every interface. */
  public static ServerOptions port(int port) {
    return new ServerOptions("0.0.0.0", port, 8 * 1024, 16 * 1024, 1024 * 1024, Duration.ofSeconds(10),
        Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(30), 4_096, Duration.ofSeconds(10),
        ClientLimits.defaults());
  }

  public ServerOptions withPort(int newPort) {
    return new ServerOptions(host, newPort, maxTargetBytes, maxHeaderBytes, maxBodyBytes, headTimeout, bodyTimeout,
        idleTimeout, writeTimeout, maxConcurrent, drainTimeout, clients);
  }

  public ServerOptions withHost(String newHost) {
    return new ServerOptions(newHost, port, maxTargetBytes, maxHeaderBytes, maxBodyBytes, headTimeout, bodyTimeout,
        idleTimeout, writeTimeout, maxConcurrent, drainTimeout, clients);
  }

  public ServerOptions withMaxBodyBytes(long newMaxBodyBytes) {
    return new ServerOptions(host, port, maxTargetBytes, maxHeaderBytes, newMaxBodyBytes, headTimeout, bodyTimeout,
        idleTimeout, writeTimeout, maxConcurrent, drainTimeout, clients);
  }

  /** Sets the limits on a request's head: its line, and its fields together. */
  public ServerOptions withMaxHeadBytes(int newMaxTargetBytes, int newMaxHeaderBytes) {
    return new ServerOptions(host, port, newMaxTargetBytes, newMaxHeaderBytes, maxBodyBytes, headTimeout, bodyTimeout,
        idleTimeout, writeTimeout, maxConcurrent, drainTimeout, clients);
  }

  /** Sets how long a request's head may take, and how long its body may pause. */
  public ServerOptions withRequestTimeouts(Duration newHeadTimeout, Duration newBodyTimeout) {
    return new ServerOptions(host, port, maxTargetBytes, maxHeaderBytes, maxBodyBytes, newHeadTimeout, newBodyTimeout,
        idleTimeout, writeTimeout, maxConcurrent, drainTimeout, clients);
  }

  /** Sets how long a kept connection may lie idle, and how long a client may take nothing of a response. */
  public ServerOptions withConnectionTimeouts(Duration newIdleTimeout, Duration newWriteTimeout) {
    return new ServerOptions(host, port, maxTargetBytes, maxHeaderBytes, maxBodyBytes, headTimeout, bodyTimeout,
        newIdleTimeout, newWriteTimeout, maxConcurrent, drainTimeout, clients);
  }

  public ServerOptions withMaxConcurrent(int newMaxConcurrent) {
    return new ServerOptions(host, port, maxTargetBytes, maxHeaderBytes, maxBodyBytes, headTimeout, bodyTimeout,
        idleTimeout, writeTimeout, newMaxConcurrent, drainTimeout, clients);
  }

  public ServerOptions withDrainTimeout(Duration newDrainTimeout) {
    return new ServerOptions(host, port, maxTargetBytes, maxHeaderBytes, maxBodyBytes, headTimeout, bodyTimeout,
        idleTimeout, writeTimeout, maxConcurrent, newDrainTimeout, clients);
  }

  public ServerOptions withClients(ClientLimits newClients) {
    return new ServerOptions(host, port, maxTargetBytes, maxHeaderBytes, maxBodyBytes, headTimeout, bodyTimeout,
        idleTimeout, writeTimeout, maxConcurrent, drainTimeout, newClients);
  }
}
