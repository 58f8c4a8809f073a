package dev.edge4j.server.lanes;

import dev.edge4j.Exchange;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.wire.Bodies;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request in its lanes. Confined to its event loop but for {@link #cancel} and {@link #drain}. */
public final class Running {
  private final Lanes lanes;
  private final Exchange exchange;
  private final Request request;
  private final Reply reply;
  private @Nullable PrefixWait prefix;
  private volatile @Nullable SlowLane slow;

  Running(Lanes lanes, Exchange exchange, Request request, Reply reply) {
    this.lanes = lanes;
    this.exchange = exchange;
    this.request = request;
    this.reply = reply;
  }

  /** Runs the fast lane, as often as a gate wants more of the body, and then the slow one unless there is an answer. */
  public void go() {
    prefix = null;
    Optional<Response> answer = fastLane();
    if (answer.isPresent()) {
      answer(answer.get());
      return;
    }
    IncomingBody body = reply.body();
    if (exchange.bodyWanted() > 0 && body != null) {
      var wait = new PrefixWait(reply.loop(), body, exchange.bodyWanted(), lanes.limits().timeouts().body(), lanes
          .counters(), this::go);
      prefix = wait;
      wait.progressed();
      return;
    }
    var rest = new SlowLane(lanes, exchange, request, reply);
    slow = rest;
    rest.go();
  }

  /** More of the body has arrived, or has failed to. */
  public void bodyProgressed() {
    PrefixWait waiting = prefix;
    if (waiting != null) {
      waiting.progressed();
    }
  }

  /** The client has left. Safe for use by any thread. */
  public void cancel() {
    exchange.cancel();
    SlowLane open = slow;
    if (open != null) {
      open.cancel();
    }
  }

  /** The server stops: an answer that has no end of its own ends now. Safe for use by any thread. */
  public void drain() {
    exchange.drain();
  }

  /** The last byte of the answer has left, or never will. */
  public void sent() {
    exchange.sent();
  }

  private Optional<Response> fastLane() {
    try {
      return exchange.fastLane();
    } catch (Throwable e) {
      return Optional.of(exchange.broken(e));
    }
  }

  private void answer(Response ready) {
    if (Bodies.block(request, ready)) {
      Thread.ofVirtual().name("edge4j-write").start(() -> reply.stream(ready, () -> {}));
    } else {
      Sending.send(reply, ready);
    }
  }
}
