package dev.edge4j.server;

/**
 * Where a server listens.
 *
 * @param host the address or name to bind; {@code 0.0.0.0} is every IPv4 interface
 * @param port 0 lets the system choose, see {@link Server#port()}
 */
public record Endpoint(String host, int port) {
  /** That port of every interface. */
  public static Endpoint port(int port) {
    return new Endpoint("0.0.0.0", port);
  }

  public Endpoint withHost(String newHost) {
    return new Endpoint(newHost, port);
  }

  public Endpoint withPort(int newPort) {
    return new Endpoint(host, newPort);
  }
}
