package dev.edge4j.server.websocket;

import dev.edge4j.server.limits.WebSocketLimits;
import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a silent peer for a sign of life, and finds out that it is gone. One task per connection looks at the time; bytes that come cost none.
 * Time in which we do not read does not count, for then it is not the peer that is silent. Confined to the event loop.
 */
final class Heartbeat {
  private final EventLoop loop;
  private final WebSocketLimits limits;
  private final Runnable ping;
  private final Runnable gone;
  private @Nullable Future<?> check;
  private long lastSign;
  private boolean asked;
  private long askedAt;
  private boolean reading = true;

  Heartbeat(EventLoop loop, WebSocketLimits limits, Runnable ping, Runnable gone) {
    this.loop = loop;
    this.limits = limits;
    this.ping = ping;
    this.gone = gone;
  }

  void start() {
    sign();
    checkIn(limits.pingAfter().toNanos());
  }

  void stop() {
    Future<?> next = check;
    if (next != null) {
      next.cancel(false);
    }
  }

  /** Something has come from the peer. */
  void sign() {
    lastSign = System.nanoTime();
    asked = false;
  }

  /** Whether the socket is read from now on. */
  void reading(boolean now) {
    if (now != reading) {
      reading = now;
      sign();
    }
  }

  private void checkIn(long nanos) {
    check = loop.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    if (!reading) {
      sign();
    }
    long now = System.nanoTime();
    long patience = limits.pingAfter().toNanos();
    long silent = now - lastSign;
    if (!asked && silent < patience) {
      checkIn(patience - silent);
      return;
    }
    if (!asked) {
      ping.run();
      asked = true;
      askedAt = now;
    }
    long left = limits.pongWithin().toNanos() - (now - askedAt);
    if (left <= 0) {
      gone.run();
    } else {
      checkIn(Math.min(left, patience));
    }
  }
}
