package dev.edge4j.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.edge4j.App;
import dev.edge4j.server.http1.Http1Connection;
import dev.edge4j.server.http2.Http2Connection;
import dev.edge4j.server.http2.PrefaceSniffer;
import dev.edge4j.server.lanes.Lanes;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Timeouts;
import dev.edge4j.server.wire.Connection;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves an application over HTTP/1.1 (RFC 9112) and HTTP/2 (RFC 9113): gates on the event loops, everything else on virtual threads. Stops gracefully
 * on {@link #close} and when the process is told to end (SIGTERM). Safe for use by many threads.
 */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int LOW_WATER_BYTES = 8 * 1024;
  private static final int HIGH_WATER_BYTES = 256 * 1024;

  /** The answer to a connection that is one too many. */
  private static final String FULL = String.join("\r\n", "HTTP/1.1 503 Service Unavailable", "Retry-After: 1",
      "Content-Length: 0", "Connection: close", "", "");

  private final App app;
  private final ServerOptions options;
  private final Counters counters = new Counters();
  private final Lanes lanes;
  private final Doorman doorman;
  private final EventLoopGroup loops;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final CopyOnWriteArrayList<AutoCloseable> resources = new CopyOnWriteArrayList<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().name("edge4j-stop").unstarted(this::close);
  private final Channel channel;

  private Server(App app, ServerOptions options) {
    this.app = app;
    this.options = options;
    this.lanes = new Lanes(app, options.limits(), counters);
    this.doorman = new Doorman(options.limits().clients());
    this.loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
    this.channel = bind();
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Serves on that port of every interface with the default limits; throws {@link StartException} if it cannot. */
  public static Server start(App app, int port) {
    return start(app, ServerOptions.port(port));
  }

  /**
   * Serves as the options say, and seals the application. Throws {@link StartException} if it cannot listen there, and what
   * {@link App#seal} throws.
   */
  public static Server start(App app, ServerOptions options) {
    return new Server(app.seal(), options);
  }

  /** The port it listens on. */
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** What it has counted since its start, as it is now. */
  public Map<Counter, Long> counts() {
    return counters.all();
  }

  /** Closes this too, once the last request is done: stores, sinks. The last one named is closed first. */
  public Server closing(AutoCloseable resource) {
    resources.addFirst(resource);
    return this;
  }

  /** Waits until the server has stopped. */
  public void join() throws InterruptedException {
    stopped.await();
  }

  /**
   * Stops: no new connections, requests in flight finish, work after responses runs out, resources are closed. Waits for all of
   * that, each within the drain time-out. A second call waits for the first.
   */
  @Override
  public void close() {
    if (!stopping.compareAndSet(false, true)) {
      awaitStopped();
      return;
    }
    channel.close().syncUninterruptibly();
    connections.forEach(Connection::drain);
    awaitDrained();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.warn("closing {} failed", resource, e);
      }
    }
    if (Thread.currentThread() != hook) {
      removeHook();
    }
    stopped.countDown();
  }

  private Channel bind() {
    var bootstrap = new ServerBootstrap().group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 1_024)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES))
        .childHandler(new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel client) {
            connect(client);
          }
        });
    var bound = bootstrap.bind(options.endpoint().host(), options.endpoint().port()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw cannotListen(bound.cause());
    }
    return bound.channel();
  }

  private StartException cannotListen(Throwable cause) {
    String reason = cause instanceof UnresolvedAddressException ? "there is no host of that name"
        : cause.getMessage() + " (is another server running there? choose another port)";
    return new StartException("cannot listen on " + options.endpoint().host() + ":" + options.endpoint().port() + ": "
        + reason, cause);
  }

  private void connect(Channel client) {
    if (!(client.remoteAddress() instanceof InetSocketAddress remote)) {
      var _ = client.close(); // it has left already
      return;
    }
    InetAddress peer = remote.getAddress();
    if (!doorman.tryEnter(peer)) {
      counters.add(Counter.CONNECTIONS_REFUSED);
      var _ = client.writeAndFlush(Unpooled.copiedBuffer(FULL, US_ASCII)).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    counters.add(Counter.CONNECTIONS);
    var connection = new Http1Connection(lanes, options.limits(), counters, "http", peer);
    var sniffer = new PrefaceSniffer(ctx -> {
      var http2 = new Http2Connection(lanes, options.limits(), counters, "http", peer);
      connections.remove(connection);
      ctx.pipeline().replace(connection, null, http2);
      keep(http2, client);
    });
    client.pipeline().addLast(sniffer, connection);
    client.closeFuture().addListener(_ -> doorman.leave(peer));
    keep(connection, client);
  }

  /** Keeps a connection in mind until it is done. */
  private void keep(Connection connection, Channel client) {
    connections.add(connection);
    client.closeFuture().addListener(_ -> connection.closed());
    var _ = connection.done().thenRun(() -> connections.remove(connection));
    if (stopping.get()) {
      connection.drain();
    }
  }

  private void awaitDrained() {
    Timeouts timeouts = options.limits().timeouts();
    long deadline = System.nanoTime() + timeouts.drain().toNanos();
    try {
      for (Connection connection : connections) {
        try {
          connection.done().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
          LOG.debug("a request still ran when the time to drain was over", e);
          connection.cut();
        }
      }
      if (!app.drain(timeouts.drain())) {
        LOG.warn("work after responses still ran after {}; it is left behind", timeouts.drain());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitStopped() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("the process is ending already", e);
    }
  }
}
