package dev.edge4j.server.transport;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a proxy in front names the client at the head of each connection, by the PROXY protocol, versions 1 and 2. It is never guessed:
 * where it is required a connection without it is closed, or clients could name themselves.
 *
 * @param required whether each connection must begin with it
 * @param trusted whose word is taken; empty for everybody's, which is right only where nobody but the proxy can connect
 */
public record ProxyProtocol(boolean required, List<Network> trusted) {
  private static final ProxyProtocol OFF = new ProxyProtocol(false, List.of());
  private static final ProxyProtocol REQUIRED = new ProxyProtocol(true, List.of());

  /** Copies the list. */
  public ProxyProtocol {
    trusted = List.copyOf(trusted);
  }

  /** Connections come from clients: the default. */
  public static ProxyProtocol off() {
    return OFF;
  }

  /** Every connection comes from a proxy, and must begin with the protocol. */
  public static ProxyProtocol fromAnyone() {
    return REQUIRED;
  }

  /**
   * Every connection comes from one of these proxies, and must begin with the protocol; those of others are closed.
   *
   * @param networks addresses or networks, such as {@code 10.0.0.7}, {@code 10.0.0.0/8}, {@code fd00::/8}
   */
  public static ProxyProtocol from(String... networks) {
    if (networks.length == 0) {
      throw new IllegalArgumentException("no proxies (expected: at least one address or network)");
    }
    return new ProxyProtocol(true, Arrays.stream(networks).map(Network::parse).toList());
  }

  /** True if a proxy at that address is believed. */
  public boolean trusts(InetAddress proxy) {
    return trusted.isEmpty() || trusted.stream().anyMatch(network -> network.contains(proxy));
  }
}
