package dev.edge4j.server;

import dev.edge4j.App;
import dev.edge4j.server.channel.Sockets;
import dev.edge4j.server.channel.UnavailableException;
import dev.edge4j.server.http1.Http1Connection;
import dev.edge4j.server.http2.Http2Connection;
import dev.edge4j.server.http2.PrefaceSniffer;
import dev.edge4j.server.lanes.Lanes;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Timeouts;
import dev.edge4j.server.tls.TlsException;
import dev.edge4j.server.wire.Connection;
import dev.edge4j.server.wire.Peer;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** As ALPN names it. */
  private static final String HTTP_2 = "h2";

  private final App app;
  private final ServerOptions options;
  private final Counters counters = new Counters();
  private final Lanes lanes;
  private final EventLoopGroup loops;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final CopyOnWriteArrayList<AutoCloseable> resources = new CopyOnWriteArrayList<>();
  private final AtomicBoolean retiring = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().name("edge4j-stop").unstarted(this::close);
  private final Channel channel;
  private volatile boolean stopping;

  private Server(App app, ServerOptions options) {
    this.app = app;
    this.options = options;
    this.lanes = new Lanes(app, options.limits(), counters);
    Sockets sockets = sockets(options.endpoint());
    this.loops = new MultiThreadIoEventLoopGroup(sockets.handlers());
    this.channel = listen(sockets);
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
    app.seal();
    Optional<Readiness> readiness = options.lifecycle().readiness();
    readiness.ifPresent(Readiness::starting);
    Server server;
    try {
      options.lifecycle().warmUp().run(app);
      server = new Server(app, options);
    } catch (Throwable e) {
      readiness.ifPresent(Readiness::failed);
      throw e;
    }
    readiness.ifPresent(Readiness::serving);
    return server;
  }

  /** The port it listens on; throws {@link IllegalStateException} if it listens on a unix socket, which has none. */
  public int port() {
    if (!(channel.localAddress() instanceof InetSocketAddress local)) {
      throw new IllegalStateException("no port: the server listens on " + options.endpoint());
    }
    return local.getPort();
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
   * Stops: it is not ready any more; after the delay for load balancers no new connections, requests in flight finish, work after
   * responses runs out, resources are closed. Waits for all of that, each within the drain time-out. A second call waits for the first.
   */
  @Override
  public void close() {
    if (!retiring.compareAndSet(false, true)) {
      awaitStopped();
      return;
    }
    retire();
    stopping = true;
    channel.close().syncUninterruptibly();
    connections.forEach(Connection::drain);
    awaitDrained();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    closeResources();
    if (Thread.currentThread() != hook) {
      removeHook();
    }
    stopped.countDown();
  }

  private static Sockets sockets(Endpoint endpoint) {
    try {
      return Sockets.of(endpoint.transport());
    } catch (UnavailableException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads the certificates, then opens the socket: what is wrong with either is known before anybody can connect. */
  private Channel listen(Sockets sockets) {
    Endpoint endpoint = options.endpoint();
    try {
      endpoint.tls().ifPresent(tls -> resources.add(tls.watch()));
      var listener = new Listener(endpoint, options.limits(), counters, List.of(HTTP_2, "http/1.1"), this::serve);
      return listener.bind(sockets, loops, resources::add);
    } catch (TlsException | UnavailableException e) {
      abandon();
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (StartException e) {
      abandon();
      throw e;
    }
  }

  /** Ends what runs already. */
  private void abandon() {
    var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    closeResources();
  }

  /** Puts into the pipeline what speaks that protocol; a plain connection may turn out to speak HTTP/2 (RFC 9113 section 3.3). */
  private void serve(Channel client, Peer peer, String protocol) {
    if (protocol.equals(HTTP_2)) {
      var http2 = new Http2Connection(lanes, options.limits(), counters, peer);
      keep(http2, client);
      client.pipeline().addLast(http2);
      return;
    }
    var http1 = new Http1Connection(lanes, options.limits(), counters, peer);
    keep(http1, client);
    if (options.endpoint().tls().isEmpty()) {
      client.pipeline().addLast(new PrefaceSniffer(ctx -> {
        var http2 = new Http2Connection(lanes, options.limits(), counters, peer);
        connections.remove(http1);
        ctx.pipeline().replace(http1, null, http2);
        keep(http2, client);
      }));
    }
    client.pipeline().addLast(http1);
  }

  /** Keeps a connection in mind until it is done. */
  private void keep(Connection connection, Channel client) {
    connections.add(connection);
    client.closeFuture().addListener(_ -> connection.closed());
    var _ = connection.done().thenRun(() -> connections.remove(connection));
    if (retiring.get()) {
      connection.retire();
    }
    if (stopping) {
      connection.drain();
    }
  }

  private void closeResources() {
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.warn("closing {} failed", resource, e);
      }
    }
  }

  /** Says that it stops, and gives those who listen the time to go elsewhere. */
  private void retire() {
    Duration delay = options.lifecycle().stopDelay();
    if (delay.isPositive()) {
      connections.forEach(Connection::retire); // first, so that whoever is told finds each answer to be the last
    }
    options.lifecycle().readiness().ifPresent(Readiness::stopping);
    if (delay.isPositive()) {
      try {
        Thread.sleep(delay);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
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
