package dev.edge4j.client;

import dev.edge4j.http.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Opens connections to one origin. Immutable, safe for use by many threads. */
final class Connector {
  private static final String HTTP_2 = "h2";

  private final Origin origin;
  private final String host;
  private final OriginOptions options;

  Connector(Origin origin, OriginOptions options) {
    this.origin = origin;
    this.host = origin.host().startsWith("[") ? origin.host().substring(1, origin.host().length() - 1) : origin.host();
    this.options = options;
    if (isSecure()) {
      var _ = context();
    }
  }

  boolean isSecure() {
    return origin.scheme().equals("https");
  }

  /**
   * A new connection, to the first of its addresses that takes one.
   *
   * @param plain true if only HTTP/1.1 will do
   */
  Link open(Patience patience, boolean plain) throws IOException {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw OriginException.connect("the address of " + host + " is not known", e);
    }
    IOException failure = new IOException("no address");
    for (InetAddress address : addresses) {
      try {
        return open(new InetSocketAddress(address, origin.port()), patience, plain);
      } catch (SocketTimeoutException e) {
        throw OriginException.connectTimeout("no connection to " + address(address) + " in time");
      } catch (OriginException e) {
        throw e;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw OriginException.connect("no connection to " + address(addresses[0]) + ": " + failure.getMessage(), failure);
  }

  private String address(InetAddress address) {
    return host + " (" + address.getHostAddress() + ") port " + origin.port();
  }

  private Link open(InetSocketAddress address, Patience patience, boolean plain) throws IOException {
    SocketChannel channel = SocketChannel.open();
    boolean done = false;
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.socket().connect(address, timeLeft(patience));
      Link link = isSecure() ? secure(channel, patience, plain)
          : new Link(channel, channel.socket(), !plain && options.protocol() == OriginProtocol.HTTP_2);
      done = true;
      return link;
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  private static int timeLeft(Patience patience) throws IOException {
    try {
      return patience.millis();
    } catch (OriginException e) {
      throw (SocketTimeoutException) new SocketTimeoutException("no time left").initCause(e);
    }
  }

  private Link secure(SocketChannel channel, Patience patience, boolean plain) throws IOException {
    var socket = (SSLSocket) context().getSocketFactory().createSocket(channel.socket(), host, origin.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[]{"TLSv1.3", "TLSv1.2"});
    parameters.setApplicationProtocols(offered(plain));
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(timeLeft(patience));
    socket.startHandshake();
    boolean http2 = socket.getApplicationProtocol().equals(HTTP_2);
    if (!http2 && !plain && options.protocol() == OriginProtocol.HTTP_2) {
      throw new IOException("the origin does not take HTTP/2");
    }
    return new Link(channel, socket, http2);
  }

  private String[] offered(boolean plain) {
    return switch (plain ? OriginProtocol.HTTP_1_1 : options.protocol()) {
      case HTTP_1_1 -> new String[]{"http/1.1"};
      case NEGOTIATED -> new String[]{HTTP_2, "http/1.1"};
      case HTTP_2 -> new String[]{HTTP_2};
    };
  }

  private SSLContext context() {
    return options.tls().orElseGet(() -> {
      try {
        return SSLContext.getDefault();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalArgumentException("the platform has no TLS (expected: OriginOptions.withTls)", e);
      }
    });
  }
}
