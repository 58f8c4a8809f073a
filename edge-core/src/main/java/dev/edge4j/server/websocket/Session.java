package dev.edge4j.server.websocket;

import dev.edge4j.WebSocket.Close;
import dev.edge4j.WebSocketClosedException;
import dev.edge4j.server.limits.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket while it lasts: what arrives goes to the receiver, what ends it is decided once, and when the connection is closed and the
 * handler has returned, its memory is given back.
 *
 * <p>A peer's close, or its breach of the protocol, waits for whoever still deals with what came before, for a while: so a message and a close
 * sent together are both answered.
 */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final int GRACE_MILLIS = 1_000;

  private final ChannelHandlerContext ctx;
  private final WebSocketConnection.Setup setup;
  private final Status status = new Status();
  private final Inbound inbound = new Inbound(this::wantMore, this::reached);
  private final FrameDecoder decoder;
  private final FrameWriter frames;
  private final Sender sender;
  private final Receiver receiver;
  private final Closing closing;
  private final Heartbeat heartbeat;
  private final Pongs pongs;
  /** The connection and the handler. */
  private final AtomicInteger running = new AtomicInteger(2);

  Session(ChannelHandlerContext ctx, WebSocketConnection.Setup setup) {
    this.ctx = ctx;
    this.setup = setup;
    var limits = setup.limits();
    var compression = setup.upgrade().compression();
    this.decoder = new FrameDecoder(compression.isPresent(), limits.maxFrameBytes());
    this.frames = new FrameWriter(ctx, limits.maxBufferedBytes(), setup.stallTimeout(),
        () -> setup.counters().add(Counter.WRITES_STALLED), status::exception);
    this.sender = new Sender(frames,
        compression.map(c -> new Deflating(c.serverKeepsContext(), status::exception)).orElse(null),
        () -> close(CloseCode.INTERNAL_ERROR, ""));
    this.receiver = new Receiver(inbound, compression.map(c -> new Inflating(c.clientKeepsContext())).orElse(null),
        limits.maxMessageBytes(), this::malformed);
    this.closing = new Closing(ctx, frames, limits.closeWithin(),
        () -> setup.counters().add(Counter.WEBSOCKET_CLOSES_TIMED_OUT));
    this.heartbeat = new Heartbeat(ctx.channel().eventLoop(), limits, this::sendPing, this::silent);
    this.pongs = new Pongs(ctx, frames);
  }

  // ---- on the event loop

  void start() {
    setup.counters().add(Counter.WEBSOCKETS);
    heartbeat.start();
    ctx.read();
    Thread.ofVirtual().name("edge4j-websocket").start(this::handle);
  }

  void read(ByteBuf in) {
    heartbeat.sign();
    for (Piece piece = decoder.next(in); piece != null; piece = decoder.next(in)) {
      switch (piece) {
        case Piece.Data data -> inbound.add(data);
        case Piece.Ping(byte[] payload) -> pongs.answer(payload);
        case Piece.Pong _ -> {
          // That it came is all it says.
        }
        case Piece.Last last -> ended(last);
      }
    }
  }

  /** Reads on if there is room for more. */
  void readOn() {
    boolean room = inbound.hasRoom();
    heartbeat.reading(room);
    if (room) {
      ctx.read();
    }
  }

  void inputShutdown() {
    if (inbound.last().isEmpty()) {
      var _ = ctx.close();
    }
  }

  void disconnected() {
    heartbeat.stop();
    closing.closed();
    Optional<Piece.Last> last = inbound.last();
    decide(last.map(Piece.Last::code).orElse(CloseCode.ABNORMAL), last.map(Piece.Last::reason).orElse(""));
    inbound.close(false);
    sender.close();
    endOne();
  }

  private void ended(Piece.Last last) {
    setup.cancelled().run();
    if (closing.isSent()) {
      closing.finish(last.code(), last.reason());
    } else if (inbound.end(last)) {
      onLoop(() -> settle(last)); // behind what was sent and waits for the loop
    } else {
      var _ = ctx.executor().schedule(() -> settle(last), GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void settle(Piece.Last last) {
    decide(last.code(), last.reason());
    inbound.close(false);
    if (!closing.isSent() && last instanceof Piece.Malformed) {
      setup.counters()
          .add(last.code() == CloseCode.TOO_BIG ? Counter.WEBSOCKET_MESSAGES_TOO_LARGE : Counter.WEBSOCKETS_MALFORMED);
    }
    closing.finish(last.code(), last.reason());
  }

  private void sendPing() {
    var _ = frames.control(Frames.control(ctx.alloc(), Opcode.PING, new byte[0]), false);
  }

  private void silent() {
    setup.counters().add(Counter.WEBSOCKETS_SILENT);
    var _ = ctx.close();
  }

  // ---- on any thread

  Receiver receiver() {
    return receiver;
  }

  Sender sender() {
    return sender;
  }

  Optional<Close> closed() {
    return status.closed();
  }

  void ping() {
    if (closed().isPresent()) {
      throw status.exception();
    }
    onLoop(this::sendPing);
  }

  void close(int code, String reason) {
    if (!decide(code, reason)) {
      return;
    }
    inbound.close(true);
    onLoop(() -> {
      if (inbound.last().isPresent()) {
        closing.finish(code, reason);
      } else {
        closing.begin(code, reason);
        readOn(); // nothing is kept from now on
      }
    });
  }

  /** Whoever receives has come to where the peer ended. */
  private void reached(Piece.Last last) {
    decide(last.code(), last.reason());
    onLoop(() -> settle(last));
  }

  /** Whoever receives has found the data to be wrong. */
  private void malformed(Piece.Malformed last) {
    if (decide(last.code(), last.reason())) {
      inbound.close(true);
      onLoop(() -> settle(last));
    }
  }

  private void wantMore() {
    onLoop(this::readOn);
  }

  private boolean decide(int code, String reason) {
    boolean first = status.decide(code, reason);
    if (first) {
      sender.refuse();
      setup.cancelled().run();
    }
    return first;
  }

  private void onLoop(Runnable task) {
    try {
      ctx.executor().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the server has stopped before a WebSocket had ended", e);
    }
  }

  // ---- on the handler's thread

  private void handle() {
    try {
      setup.upgrade().handler().handle(new ServerWebSocket(setup.upgrade(), this));
      end(CloseCode.NORMAL);
    } catch (Throwable e) {
      failed(e);
      end(CloseCode.INTERNAL_ERROR);
    } finally {
      receiver.close();
      endOne();
    }
  }

  /** That the peer has left is no error. */
  private void failed(Throwable e) {
    boolean expected = e instanceof WebSocketClosedException || e instanceof IOException
        || e instanceof UncheckedIOException;
    if (expected && closed().isPresent()) {
      LOG.debug("a WebSocket was closed under its handler", e);
    } else {
      LOG.error("the handler of a WebSocket at {} failed", setup.upgrade().context().path(), e);
    }
  }

  private void end(int code) {
    inbound.last().ifPresentOrElse(this::reached, () -> close(code, ""));
  }

  private void endOne() {
    if (running.decrementAndGet() == 0) {
      try {
        ctx.executor().execute(setup.ended());
      } catch (RejectedExecutionException e) {
        setup.ended().run(); // nobody else will
      }
    }
  }
}
