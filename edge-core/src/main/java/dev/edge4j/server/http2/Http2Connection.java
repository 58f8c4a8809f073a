package dev.edge4j.server.http2;

import dev.edge4j.server.channel.LingeringClose;
import dev.edge4j.server.lanes.Lanes;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Limits;
import dev.edge4j.server.wire.Connection;
import dev.edge4j.server.wire.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of HTTP/2 (RFC 9113), from its preface on: bytes to frames, one write for all that a turn of the event loop has to say, and the end. The socket is
 * read only while the client takes what we send, so what it makes us answer cannot pile up. Confined to its event loop but for {@link #drain}, {@link #done} and
 * {@link #cut}.
 */
public final class Http2Connection extends ChannelInboundHandlerAdapter implements Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);
  private static final long DRAIN_MILLIS = 1_000;

  /** How long a client may take, once the server stops, to send the settings that it has to begin with. */
  private static final long GREETING_MILLIS = 1_000;

  private final Lanes lanes;
  private final Limits limits;
  private final Counters counters;
  private final Peer peer;
  private final Reception reception = new Reception();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private volatile @Nullable ChannelHandlerContext context;
  private volatile boolean retiring;
  private volatile boolean stopping;
  private @Nullable Session session;
  private @Nullable Watch watch;
  private boolean reading;
  private boolean flushing;
  private boolean closing;
  private boolean inputClosed;

  /**
   * A connection whose first bytes are, or are going to be, the preface.
   *
   * @param peer the other end, as requests shall have it
   */
  public Http2Connection(Lanes lanes, Limits limits, Counters counters, Peer peer) {
    this.lanes = lanes;
    this.limits = limits;
    this.counters = counters;
    this.peer = peer;
  }

  // ---- life of the connection

  /** It may be put into the pipeline before the channel is active or long after. */
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (ctx.channel().isActive()) {
      begin(ctx);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    begin(ctx);
    ctx.fireChannelActive();
  }

  private void begin(ChannelHandlerContext ctx) {
    if (context != null) {
      return;
    }
    context = ctx;
    var opened = new Session(ctx, this::flushSoon, lanes, limits, counters, peer);
    session = opened;
    watch = new Watch(ctx, opened, limits.timeouts(), counters, this::fail, this::close);
    opened.greet();
    flush();
    if (stopping) { // looks at it after context is set, as drain does the other way round
      drain();
    }
    ctx.read();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    left("the client has left");
    Optional.ofNullable(watch).ifPresent(Watch::stop);
    Optional.ofNullable(session).ifPresent(open -> open.outbox().discard());
    reception.clear();
    closed();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    reception.clear();
  }

  private void left(String reason) {
    Optional.ofNullable(session).ifPresent(open -> open.cancelAll(reason));
  }

  /** Without the client's half there are no more windows for our answers: it is over. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent && !closing) {
      inputClosed = true;
      left("the client has closed its half of the connection");
      close();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.warn("connection to {} failed", ctx.channel().remoteAddress(), cause);
    }
    var _ = ctx.close();
  }

  /** Says goodbye, in the two steps of {@link #drain}. Safe for use by any thread. */
  @Override
  public void retire() {
    retiring = true;
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.executor().execute(() -> goodbye(ctx));
    }
  }

  /**
   * Closes the connection once the requests in flight are answered. The client is told in two steps, so that no request is lost that is under way meanwhile (RFC 9113
   * section 6.8). Safe for use by any thread.
   */
  @Override
  public void drain() {
    stopping = true;
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.executor().execute(() -> drain(ctx));
    }
  }

  private void drain(ChannelHandlerContext ctx) {
    Session open = session;
    if (open == null || closing) {
      return;
    }
    if (open.isGreeted()) {
      open.drain();
      goodbye(ctx);
      return;
    }
    var _ = ctx.executor().schedule(() -> { // requests may be under way with the preface
      if (!open.isGreeted()) {
        close();
      }
    }, GREETING_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The client's first settings are here: it can be told now what it could not be told before. */
  private void greeted() {
    ChannelHandlerContext ctx = context;
    if (ctx != null && stopping) {
      drain(ctx);
    } else if (ctx != null && retiring) {
      goodbye(ctx);
    }
  }

  private void goodbye(ChannelHandlerContext ctx) {
    Session open = session;
    if (open == null || closing || !open.isGreeted()) {
      return;
    }
    open.goodbye().announce();
    flush();
    var _ = ctx.executor().schedule(() -> {
      open.goodbye().finish();
      flush();
    }, DRAIN_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Done once the connection is closed and its last request is answered, even if the client left before that. */
  @Override
  public CompletableFuture<Void> done() {
    return done;
  }

  /** Closes the connection whatever it does. Safe for use by any thread. */
  @Override
  public void cut() {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      var _ = ctx.close();
    }
  }

  /** The channel is closed, and may never have been active; on the event loop. */
  @Override
  public void closed() {
    Session open = session;
    ChannelHandlerContext ctx = context;
    boolean gone = ctx == null || !ctx.channel().isOpen();
    if (gone && (open == null || open.streams().unfinished() == 0)) {
      done.complete(null);
    }
  }

  // ---- reading

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    var more = (ByteBuf) msg;
    if (closing) {
      more.release();
      return;
    }
    reception.add(ctx.alloc(), more);
    reading = true;
    try {
      takeFrames();
    } catch (ConnectionException e) {
      fail(e);
    } finally {
      reading = false;
      reception.trim();
    }
  }

  private void takeFrames() throws ConnectionException {
    Session open = session;
    if (open == null) {
      return;
    }
    while (!closing) {
      Frame frame = reception.next();
      if (frame == null) {
        break;
      }
      boolean first = !open.isGreeted();
      open.take(frame);
      if (first) {
        greeted();
      }
    }
    Optional.ofNullable(watch).ifPresent(timer -> timer.left(reception.isInsideFrame()));
  }

  /** All that the socket had is taken: says what there is to say and reads on, unless the client does not listen. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    flush();
    if (!closing && ctx.channel().isWritable()) {
      ctx.read();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Session open = session;
    if (open != null && !closing && ctx.channel().isWritable()) {
      open.wire().pump();
      ctx.read();
    }
    ctx.fireChannelWritabilityChanged();
  }

  // ---- writing

  /** Flushes after this turn of the event loop: several answers may be on their way to it. */
  private void flushSoon() {
    ChannelHandlerContext ctx = context;
    if (!reading && !flushing && ctx != null) {
      flushing = true;
      ctx.executor().execute(() -> {
        flushing = false;
        flush();
      });
    }
  }

  private void flush() {
    Session open = session;
    if (open == null) {
      return;
    }
    open.outbox().flush();
    boolean answered = open.streams().isEmpty() && open.streams().unfinished() == 0; // to the last byte
    if (open.goodbye().isSaid() && answered) {
      close();
    }
    closed();
  }

  /** Ends the connection for what the client did. */
  private void fail(ConnectionException cause) {
    Session open = session;
    if (open == null || closing) {
      return;
    }
    LOG.debug("connection to {} ended: {} {}", peer.address(), cause.code(), cause.getMessage());
    FrameWriter.goAway(open.outbox().frames(), open.goodbye().last(), cause.code(), String.valueOf(cause.getMessage()));
    open.outbox().flush();
    closing = true;
    left("the connection was ended: " + cause.code());
    open.outbox().discard();
    linger();
  }

  /** All is said. */
  private void close() {
    if (!closing) {
      closing = true;
      linger();
    }
  }

  private void linger() {
    Optional.ofNullable(watch).ifPresent(Watch::stop); // what the client does not do any more is no fault
    ChannelHandlerContext ctx = context;
    if (ctx != null && ctx.channel().isOpen()) {
      if (inputClosed) {
        var _ = ctx.close();
      } else {
        LingeringClose.begin(ctx.channel());
      }
    }
  }
}
