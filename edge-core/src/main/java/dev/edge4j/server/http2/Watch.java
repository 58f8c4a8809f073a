package dev.edge4j.server.http2;

import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Timeouts;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Looks at a connection from time to time, for what takes too long. One task for all its streams: that is late by up to a fifth of the shortest time-out, and costs
 * a request nothing. Confined to the event loop.
 */
final class Watch {
  private static final long MIN_TICK_MILLIS = 20;
  private static final int TICKS_PER_TIMEOUT = 5;

  private final ChannelHandlerContext ctx;
  private final Session session;
  private final Timeouts timeouts;
  private final Counters counters;
  private final Consumer<? super ConnectionException> fail;
  private final Runnable close;
  private final Future<?> ticks;
  private long waitingSince = System.nanoTime();
  private boolean waiting;
  private int lastStream;
  private long idleSince = System.nanoTime();
  private long stalledSince = System.nanoTime();
  private long pending = -1;
  private long progress = -1;

  /** Watches until {@link #stop}; {@code fail} ends the connection with a reason, {@code close} without. */
  Watch(ChannelHandlerContext ctx, Session session, Timeouts timeouts, Counters counters,
      Consumer<? super ConnectionException> fail, Runnable close) {
    this.ctx = ctx;
    this.session = session;
    this.timeouts = timeouts;
    this.counters = counters;
    this.fail = fail;
    this.close = close;
    long shortest = Stream.of(timeouts.head(), timeouts.idle(), timeouts.write())
        .mapToLong(Duration::toMillis)
        .min()
        .orElseThrow();
    long tick = Math.max(MIN_TICK_MILLIS, shortest / TICKS_PER_TIMEOUT);
    this.ticks = ctx.executor().scheduleAtFixedRate(this::tick, tick, tick, TimeUnit.MILLISECONDS);
  }

  void stop() {
    var _ = ticks.cancel(false);
  }

  /** What the socket brought is taken, but for part of what has to come in time. */
  void left(boolean nowWaiting) {
    if (nowWaiting && !waiting) {
      waitingSince = System.nanoTime();
    }
    waiting = nowWaiting;
  }

  private void tick() {
    long now = System.nanoTime();
    boolean head = waiting || !session.isGreeted();
    if (head && isOver(waitingSince, timeouts.head(), now)) {
      counters.add(Counter.HEADS_TIMED_OUT);
      fail.accept(new ConnectionException(ErrorCode.ENHANCE_YOUR_CALM, "a frame did not arrive in time"));
    } else if (isIdle(now)) {
      counters.add(Counter.IDLE_CLOSED);
      fail.accept(new ConnectionException(ErrorCode.NO_ERROR, "idle"));
    } else if (isStalled(now)) {
      counters.add(Counter.WRITES_STALLED);
      close.run();
      var _ = ctx.close();
    } else {
      resetStalled(now);
    }
  }

  private static boolean isOver(long since, Duration timeout, long now) {
    return now - since >= timeout.toNanos();
  }

  private boolean isIdle(long now) {
    if (session.streams().unfinished() > 0 || waiting) {
      idleSince = now;
    } else if (session.streams().last() != lastStream) {
      lastStream = session.streams().last();
      idleSince = now;
    }
    return isOver(idleSince, timeouts.idle(), now);
  }

  /** True if the socket has taken nothing of what waits for it. */
  private boolean isStalled(long now) {
    ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
    long nowPending = buffer == null ? 0 : buffer.totalPendingWriteBytes();
    long nowProgress = buffer == null ? 0 : buffer.currentProgress();
    if (nowPending == 0 || nowPending != pending || nowProgress != progress) {
      pending = nowPending;
      progress = nowProgress;
      stalledSince = now;
    }
    return isOver(stalledSince, timeouts.write(), now);
  }

  /** A stream whose window the client leaves shut holds a handler, or a body, as a socket does that it does not read. */
  private void resetStalled(long now) {
    for (Http2Stream stream : session.streams().all()) {
      if (session.outflow().isStalled(stream.outgoing(), timeouts.write().toNanos(), now)) {
        counters.add(Counter.WRITES_STALLED);
        session.wire().abort(stream, ErrorCode.CANCEL);
      }
    }
  }
}
