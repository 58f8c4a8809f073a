package dev.edge4j.client;

import dev.edge4j.TimeSource;
import dev.edge4j.http.Origin;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All connections to one origin, whatever they speak. Safe for use by many threads. */
final class Connections implements AutoCloseable {
  private final Connector connector;
  private final OriginOptions options;
  private final TimeSource time;
  private final Pool pool;
  /** Held while a connection is opened that may become the shared one, so that a hundred first requests do not open a hundred. */
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Http2Connection shared;
  /** The origin was found to speak HTTP/1.1 alone. */
  private volatile boolean old;
  private volatile boolean closed;

  Connections(Origin origin, OriginOptions options, TimeSource time) {
    this.connector = new Connector(origin, options);
    this.options = options;
    this.time = time;
    this.pool = new Pool(options);
    this.old = options.protocol() == OriginProtocol.HTTP_1_1
        || (options.protocol() == OriginProtocol.NEGOTIATED && !connector.isSecure());
  }

  /** Sends the request once. */
  OriginResponse send(Outgoing request, OriginCall call) throws IOException {
    Patience patience = Patience.inAll("a connection", call.deadline(), options.timeouts().connect());
    boolean upgrades = !request.upgrade().isEmpty();
    while (!old && !upgrades) {
      checkOpen();
      Optional<Http2Connection> connection = http2(patience);
      Optional<OriginResponse> response = connection.isPresent() ? connection.get().send(request, call, patience)
          : Optional.empty();
      if (response.isPresent()) {
        return response.get();
      } // else it was about to close, and there will be another
    }
    return overHttp1(request, call, patience);
  }

  /** Asked again behind each wait: it may have been for the end. */
  private void checkOpen() throws OriginException {
    if (closed) {
      throw OriginException.busy("the client is closed");
    }
  }

  private OriginResponse overHttp1(Outgoing request, OriginCall call, Patience patience) throws IOException {
    pool.enter(patience);
    Link link;
    boolean done = false;
    try {
      checkOpen();
      Optional<Link> rested = pool.take();
      link = rested.isPresent() ? rested.get() : connector.open(patience, true);
      done = true;
    } finally {
      if (!done) {
        pool.leave();
      }
    }
    return new Http1Exchange(link, request, call, options, this::ended).send();
  }

  /** The shared connection, opened if there is none; empty if the origin speaks HTTP/1.1 alone. */
  private Optional<Http2Connection> http2(Patience patience) throws IOException {
    Http2Connection current = shared;
    if (current != null && current.isOpen()) {
      return Optional.of(current);
    }
    try {
      if (!opening.tryLock(patience.millis(), TimeUnit.MILLISECONDS)) {
        throw OriginException.connectTimeout("no connection to the origin in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a connection to the origin");
    }
    try {
      return opened(patience);
    } finally {
      opening.unlock();
    }
  }

  private Optional<Http2Connection> opened(Patience patience) throws IOException {
    Http2Connection current = shared;
    if (old || (current != null && current.isOpen())) {
      return old ? Optional.empty() : Optional.ofNullable(current);
    }
    Link link = connector.open(patience, false);
    if (link.isHttp2()) {
      Http2Connection begun = Http2Connection.begin(link, connector.isSecure(), options, time);
      shared = begun;
      return Optional.of(begun);
    }
    old = true;
    link.rest(Long.MAX_VALUE);
    rest(link);
    return Optional.empty();
  }

  private void ended(Optional<Link> reusable) {
    reusable.ifPresent(this::rest);
    pool.leave();
  }

  private void rest(Link link) {
    if (pool.rest(link)) {
      sweepLater();
    }
  }

  private void sweepLater() {
    var _ = time.after(options.timeouts().idle(), () -> {
      if (pool.sweep()) {
        sweepLater();
      }
    });
  }

  @Override
  public void close() {
    closed = true;
    pool.close();
    Http2Connection current = shared;
    if (current != null) {
      current.retire();
    }
  }
}
