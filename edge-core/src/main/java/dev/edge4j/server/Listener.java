package dev.edge4j.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.edge4j.server.channel.Handshake;
import dev.edge4j.server.channel.LingeringClose;
import dev.edge4j.server.channel.LoopBuffers;
import dev.edge4j.server.channel.ProxyHandler;
import dev.edge4j.server.channel.SocketFile;
import dev.edge4j.server.channel.Sockets;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Limits;
import dev.edge4j.server.tls.Tls;
import dev.edge4j.server.wire.Peer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** Opens the socket, and sees each connection through what comes before HTTP: the limits on connections, the PROXY protocol, TLS. */
final class Listener {
  private static final int LOW_WATER_BYTES = 8 * 1024;
  private static final int HIGH_WATER_BYTES = 256 * 1024;
  private static final String HTTP_1_1 = "http/1.1";

  /** The answer to a connection that is one too many. */
  private static final String FULL = String.join("\r\n", "HTTP/1.1 503 Service Unavailable", "Retry-After: 1",
      "Content-Length: 0", "Connection: close", "", "");

  /** Takes connections over. */
  @FunctionalInterface
  interface Service {
    /** Adds to the channel's pipeline what speaks that protocol of ALPN; on the event loop. */
    void serve(Channel channel, Peer peer, String protocol);
  }

  private final Endpoint endpoint;
  private final Limits limits;
  private final Counters counters;
  private final Doorman doorman;
  private final List<String> protocols;
  private final Service service;
  private final ConcurrentMap<EventLoop, LoopBuffers> buffers = new ConcurrentHashMap<>();

  /** Listens there once it is told to; over TLS these protocols are offered, the best first. */
  Listener(Endpoint endpoint, Limits limits, Counters counters, List<String> protocols, Service service) {
    this.endpoint = endpoint;
    this.limits = limits;
    this.counters = counters;
    this.doorman = new Doorman(limits.clients());
    this.protocols = protocols;
    this.service = service;
  }

  /** Opens the socket; throws {@link StartException} if that fails. What is given to {@code resources} is closed at the stop. */
  Channel bind(Sockets sockets, EventLoopGroup loops, Consumer<AutoCloseable> resources) {
    var bootstrap = new ServerBootstrap().group(loops)
        .channel(endpoint.unixSocket().isPresent() ? sockets.unix() : sockets.tcp())
        .option(ChannelOption.SO_BACKLOG, 1_024)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES))
        .childHandler(new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel client) {
            accept(client);
          }
        });
    if (endpoint.unixSocket().isEmpty() || sockets.unixHalfCloses()) {
      bootstrap.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }
    if (endpoint.unixSocket().isEmpty()) {
      bootstrap.option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true);
      if (endpoint.reusePort()) {
        bootstrap.option(sockets.reusePort(), true);
      }
    }
    endpoint.unixSocket().ifPresent(socket -> SocketFile.makeRoom(socket.file()));
    resources.accept(() -> buffers.values().forEach(LoopBuffers::close));
    var bound = bootstrap.bind(address(sockets)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw cannotListen(bound.cause());
    }
    endpoint.unixSocket()
        .ifPresent(socket -> resources.accept(SocketFile.bound(socket.file(), socket.permissions())));
    var _ = bound.channel().pipeline().addLast(new AcceptErrors(counters));
    return bound.channel();
  }

  private SocketAddress address(Sockets sockets) {
    return endpoint.unixSocket()
        .map(socket -> sockets.unixAddress(socket.file()))
        .orElseGet(() -> new InetSocketAddress(endpoint.host(), endpoint.port()));
  }

  private StartException cannotListen(Throwable cause) {
    String reason = cause instanceof UnresolvedAddressException ? "there is no host of that name"
        : cause.getMessage() + (endpoint.unixSocket().isPresent() ? " (expected: a path in a folder that is there)"
            : " (is another server running there? choose another port)");
    return new StartException("cannot listen on " + endpoint + ": " + reason, cause);
  }

  // ---- one connection

  private void accept(Channel channel) {
    buffers.computeIfAbsent(channel.eventLoop(), _ -> LoopBuffers.create()).serve(channel);
    if (!doorman.tryEnter()) {
      refuse(channel);
      return;
    }
    var _ = channel.closeFuture().addListener(_ -> doorman.leave());
    Optional<InetAddress> address = endpoint.unixSocket().isPresent()
        ? Optional.empty()
        : channel.remoteAddress() instanceof InetSocketAddress remote ? Optional.of(remote.getAddress())
            : Optional.empty();
    if (address.isEmpty() && endpoint.unixSocket().isEmpty()) {
      var _ = channel.close(); // it has left already
    } else if (!endpoint.proxyProtocol().required()) {
      named(channel, address);
    } else if (address.isPresent() && !endpoint.proxyProtocol().trusts(address.get())) {
      counters.add(Counter.PROXIES_REFUSED);
      var _ = channel.close();
    } else {
      channel.pipeline()
          .addLast(new ProxyHandler(limits.timeouts().head(), client -> named(channel, client.or(() -> address)),
              () -> counters.add(Counter.PROXIES_REFUSED)));
    }
  }

  /** It is known whose connection it is; by a unix socket nobody's, and only all of them are counted. */
  private void named(Channel channel, Optional<InetAddress> client) {
    if (client.isPresent()) {
      InetAddress address = client.get();
      if (!doorman.tryEnter(address)) {
        refuse(channel);
        return;
      }
      var _ = channel.closeFuture().addListener(_ -> doorman.leave(address));
    }
    counters.add(Counter.CONNECTIONS);
    InetAddress address = client.orElseGet(InetAddress::getLoopbackAddress);
    if (endpoint.tls().isEmpty()) {
      service.serve(channel, new Peer("http", address, Optional.empty()), HTTP_1_1);
      return;
    }
    Tls tls = endpoint.tls().get();
    Handshake.begin(channel, tls, protocols, secured -> service.serve(channel, new Peer("https", address, secured
        .certificate()), secured.protocol()), () -> counters.add(Counter.HANDSHAKES_FAILED));
  }

  /** Over TLS there is no answer without a handshake, which is what there is too much of. */
  private void refuse(Channel channel) {
    counters.add(Counter.CONNECTIONS_REFUSED);
    if (endpoint.tls().isPresent()) {
      var _ = channel.close();
    } else {
      var _ = channel.writeAndFlush(Unpooled.copiedBuffer(FULL, US_ASCII))
          .addListener(_ -> LingeringClose.begin(channel));
    }
  }
}
