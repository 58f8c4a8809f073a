package dev.edge4j.server.limits;

/**
 * What one client, and all of them together, may take of a server's connections.
 *
 * @param maxConnections open at a time; past it a new one is answered 503 with {@code Retry-After} and closed
 * @param maxConnectionsPerAddress the same for one IPv4 address, or one /64 of IPv6 addresses. Behind a proxy all clients have its
 *        address, so raise it there
 * @param maxRequestsPerConnection after so many the connection is closed
 * @param minBodyBytesPerSecond a body that arrives slower, five seconds of waiting forgiven, is 408
 */
public record ClientLimits(int maxConnections, int maxConnectionsPerAddress, int maxRequestsPerConnection,
    int minBodyBytesPerSecond) {

  /** Refuses numbers that let nobody in, and connections that would end before their first request. */
  public ClientLimits {
    if (maxConnections < 1 || maxConnectionsPerAddress < 1 || maxRequestsPerConnection < 1
        || minBodyBytesPerSecond < 0) {
      throw new IllegalArgumentException("clients: " + maxConnections + " connections, " + maxConnectionsPerAddress
          + " from one address, " + maxRequestsPerConnection + " requests each, bodies of " + minBodyBytesPerSecond
          + " bytes a second (expected: at least 1 each, and no negative rate)");
    }
  }

  /** 10,000 connections, 1,000 of them from one address, 100,000 requests each, 240 bytes a second. */
  public static ClientLimits defaults() {
    return new ClientLimits(10_000, 1_000, 100_000, 240);
  }

  public ClientLimits withMaxConnections(int newMaxConnections, int newMaxConnectionsPerAddress) {
    return new ClientLimits(newMaxConnections, newMaxConnectionsPerAddress, maxRequestsPerConnection,
        minBodyBytesPerSecond);
  }

  public ClientLimits withMaxRequestsPerConnection(int newMaxRequestsPerConnection) {
    return new ClientLimits(maxConnections, maxConnectionsPerAddress, newMaxRequestsPerConnection,
        minBodyBytesPerSecond);
  }

  public ClientLimits withMinBodyBytesPerSecond(int newMinBodyBytesPerSecond) {
    return new ClientLimits(maxConnections, maxConnectionsPerAddress, maxRequestsPerConnection,
        newMinBodyBytesPerSecond);
  }
}
