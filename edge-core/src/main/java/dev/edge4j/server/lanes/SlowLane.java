package dev.edge4j.server.lanes;

import dev.edge4j.Exchange;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.wire.Bodies;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left of a request when the fast lane has no answer: takes a place or waits for one, runs on a virtual thread, and gives the
 * place back. Confined to its event loop but for {@link #cancel} and {@link #run}.
 */
final class SlowLane implements Work<Optional<Response>>, Queued.Fate {
  private static final Logger LOG = LoggerFactory.getLogger(SlowLane.class);

  private enum Place {
    /** Of those who wait in a gate; it takes another behind its gates. */
    WAITER,
    /** Of those in handlers. */
    HANDLER,
    /** None: its handler is exempt. */
    NONE
  }

  private final Lanes lanes;
  private final Exchange exchange;
  private final Request request;
  private final Reply reply;
  private final Place place;
  private volatile @Nullable Queued queued;
  /** Of one thread after the other. */
  private boolean quiet;

  SlowLane(Lanes lanes, Exchange exchange, Request request, Reply reply) {
    this.lanes = lanes;
    this.exchange = exchange;
    this.request = request;
    this.reply = reply;
    this.place = exchange.isExempt() ? Place.NONE : exchange.isOffloaded() ? Place.WAITER : Place.HANDLER;
  }

  /** Starts, queues or sheds it. */
  void go() {
    Permits permits = lanes.permits();
    boolean free = switch (place) {
      case NONE -> true;
      case WAITER -> permits.tryWait();
      case HANDLER -> permits.tryEnter();
    };
    if (free) {
      called();
    } else if (place == Place.WAITER || !enqueue()) {
      shed(Counter.SHED);
    }
  }

  private boolean enqueue() {
    var waiting = new Queued(lanes.permits(), reply.loop(), this);
    queued = waiting;
    return lanes.permits().enqueue(waiting);
  }

  @Override
  public void called() {
    lanes.scheduler().start(reply.loop(), exchange.pace(), this);
  }

  @Override
  public void expired() {
    shed(Counter.QUEUE_TIMEOUTS);
  }

  private void shed(Counter why) {
    lanes.counters().add(why);
    Sending.send(reply, exchange.shed());
  }

  /** The client has left: there is no sense in waiting any more. Safe for use by any thread. */
  void cancel() {
    Queued waiting = queued;
    if (waiting != null && waiting.drop()) {
      try {
        reply.loop().execute(() -> Sending.send(reply, exchange.shed()));
      } catch (RejectedExecutionException e) {
        LOG.debug("an event loop shut down while a request of it was queued", e);
        lost();
      }
    }
  }

  /** On a virtual thread: everything that may block, the writing of a stream included. Present: what is still to be sent. */
  @Override
  public Optional<Response> run() {
    Response response;
    try {
      response = place == Place.WAITER ? exchange.slowLane(lanes.permits()) : exchange.slowLane();
    } catch (Throwable e) {
      response = exchange.broken(e);
    }
    if (Bodies.block(request, response)) {
      lanes.scheduler().leaveLoop();
      try {
        reply.stream(response, this::produced);
      } finally {
        produced(); // it may have failed before the body was asked for
      }
      return Optional.empty();
    }
    produced();
    return Optional.of(response);
  }

  /** The application has nothing more to do for it, but for what a deadline left behind. */
  private void produced() {
    if (!quiet) {
      quiet = true;
      exchange.whenQuiet(this::giveBack);
    }
  }

  private void giveBack() {
    switch (place) {
      case WAITER -> lanes.permits().stopWaiting();
      case HANDLER -> lanes.permits().leave();
      case NONE -> {
        // It took none.
      }
    }
  }

  @Override
  public Optional<Response> failed(Throwable cause) {
    produced();
    return Optional.of(exchange.broken(cause));
  }

  @Override
  public void deliver(Optional<Response> ready) {
    ready.ifPresent(response -> Sending.send(reply, response));
  }

  @Override
  public void lost() {
    exchange.sent();
  }
}
