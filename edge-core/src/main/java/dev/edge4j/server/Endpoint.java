package dev.edge4j.server;

import dev.edge4j.server.tls.Tls;
import dev.edge4j.server.transport.ProxyProtocol;
import dev.edge4j.server.transport.Transport;
import dev.edge4j.server.transport.UnixSocket;
import java.util.Optional;

/**
 * Where and how a server listens.
 *
 * @param host the address or name to bind; {@code 0.0.0.0} is every IPv4 interface
 * @param port 0 lets the system choose, see {@link Server#port()}
 * @param unixSocket listens there instead of on host and port; its clients have the loopback address
 * @param transport the system's interface for sockets
 * @param reusePort lets other servers of the same user listen on the same port ({@code SO_REUSEPORT}); the system deals new connections out
 *        among them
 * @param proxyProtocol whether a proxy in front names the client
 * @param tls certificates, for HTTPS; empty for HTTP in the clear
 */
public record Endpoint(String host, int port, Optional<UnixSocket> unixSocket, Transport transport, boolean reusePort,
    ProxyProtocol proxyProtocol, Optional<Tls> tls) {

  /** That port of every interface, in the clear. */
  public static Endpoint port(int port) {
    return new Endpoint("0.0.0.0", port, Optional.empty(), Transport.AUTO, false, ProxyProtocol.off(), Optional
        .empty());
  }

  public Endpoint withHost(String newHost) {
    return new Endpoint(newHost, port, unixSocket, transport, reusePort, proxyProtocol, tls);
  }

  public Endpoint withPort(int newPort) {
    return new Endpoint(host, newPort, unixSocket, transport, reusePort, proxyProtocol, tls);
  }

  public Endpoint withUnixSocket(UnixSocket newUnixSocket) {
    return new Endpoint(host, port, Optional.of(newUnixSocket), transport, reusePort, proxyProtocol, tls);
  }

  public Endpoint withTransport(Transport newTransport) {
    return new Endpoint(host, port, unixSocket, newTransport, reusePort, proxyProtocol, tls);
  }

  public Endpoint withReusePort(boolean newReusePort) {
    return new Endpoint(host, port, unixSocket, transport, newReusePort, proxyProtocol, tls);
  }

  public Endpoint withProxyProtocol(ProxyProtocol newProxyProtocol) {
    return new Endpoint(host, port, unixSocket, transport, reusePort, newProxyProtocol, tls);
  }

  public Endpoint withTls(Tls newTls) {
    return new Endpoint(host, port, unixSocket, transport, reusePort, proxyProtocol, Optional.of(newTls));
  }

  /** The scheme of URLs that lead here. */
  String scheme() {
    return tls.isPresent() ? "https" : "http";
  }

  @Override
  public String toString() {
    return unixSocket.map(socket -> socket.file().toString()).orElse(host + ":" + port);
  }
}
