package dev.edge4j.server;

import dev.edge4j.App;
import dev.edge4j.Exchange;
import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.Response;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: reads a request, runs its two lanes, writes the response, reads the next. The socket is read only when somebody
 * wants the next piece, so requests are answered in order however they were pipelined. Confined to its event loop but for
 * {@link #drain}, {@link #done} and {@link #cut}.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  /** How much of a body nobody read is thrown away before the connection is closed instead. */
  private static final int MAX_DRAINED_BYTES = 64 * 1024;

  private enum State {
    /** Waits for a request's head. */
    HEAD,
    /** A request is being answered. */
    ANSWERING,
    /** The answer has left; the rest of the request's body is thrown away. */
    DRAINING
  }

  private final App app;
  private final ServerOptions options;
  private final Permits permits;
  private final HeadTimer timer;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Inbox inbox = new Inbox(this::take);
  private State state = State.HEAD;
  private volatile @Nullable ChannelHandlerContext context;
  private @Nullable Exchange exchange;
  private @Nullable BodyPipe body;
  private @Nullable PrefixWait prefix;
  private boolean bodyComplete;
  private boolean keepAlive;
  /** False for a client of HTTP/1.0, which knows no chunks. */
  private boolean chunked;
  private boolean used;
  private int drained;
  private boolean owesContinue;
  private volatile boolean stopping;

  HttpConnection(App app, ServerOptions options, Permits permits, HeadTimer timer) {
    this.app = app;
    this.options = options;
    this.permits = permits;
    this.timer = timer;
  }

  // ---- life of the connection

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    awaitHead(ctx); // looks at stopping after context is set, as drain does the other way round
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    left();
    inbox.clear();
  }

  private void left() {
    Optional.ofNullable(exchange).ifPresent(Exchange::cancel);
    endBody("the client left before the end of the body");
  }

  /** Whoever still reads the body, or comes to, fails. */
  private void endBody(String reason) {
    BodyPipe open = body;
    if (open != null) {
      open.fail(new EOFException(reason));
    }
    bodyProgressed();
  }

  /** The client has closed its half: it may still read an answer, or be gone altogether. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      keepAlive = false;
      left();
      if (state != State.ANSWERING) {
        close(ctx);
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.warn("connection to {} failed", ctx.channel().remoteAddress(), cause);
    }
    close(ctx);
  }

  /** Closes the connection once the request in flight is answered; at once if there is none. Safe for use by any thread. */
  void drain() {
    stopping = true;
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.executor().execute(() -> {
        if (state == State.HEAD && !(timer.hasBegun() && used)) {
          close(ctx);
        }
      });
    }
  }

  /** Done once the connection is closed and its last request is answered, even if the client left before that. */
  CompletableFuture<Void> done() {
    return done;
  }

  /** Closes the connection whatever it does. Safe for use by any thread. */
  void cut() {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      close(ctx);
    }
  }

  /** The channel is closed, and may never have been active; on the event loop. */
  void closed() {
    if (exchange == null) {
      done.complete(null);
    }
  }

  // ---- reading

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    inbox.add(ctx, msg);
  }

  private void take(ChannelHandlerContext ctx, Object msg) {
    switch (msg) {
      case HttpRequest head -> onHead(ctx, head);
      case HttpContent content -> onContent(ctx, content);
      default -> throw new IllegalStateException("unexpected " + msg.getClass());
    }
  }

  private void awaitHead(ChannelHandlerContext ctx) {
    state = State.HEAD;
    body = null;
    prefix = null;
    owesContinue = false;
    if (stopping) {
      close(ctx);
      return;
    }
    timer.await(ctx, used, () -> onHeadTimeout(ctx));
    inbox.ask(ctx);
  }

  private void onHeadTimeout(ChannelHandlerContext ctx) {
    if (used && !timer.hasBegun()) {
      close(ctx);
    } else {
      refuse(ctx, Refusal.of(408, "the request's head did not arrive in time"));
    }
  }

  private void onHead(ChannelHandlerContext ctx, HttpRequest head) {
    timer.arrived();
    used = true;
    state = State.ANSWERING;
    if (head.decoderResult().isFailure()) {
      refuse(ctx, Refusal.of(head.decoderResult().cause(), options));
      return;
    }
    keepAlive = HttpUtil.isKeepAlive(head);
    chunked = !head.protocolVersion().equals(HttpVersion.HTTP_1_0);
    bodyComplete = false;
    drained = 0;
    Request request;
    boolean bodiless;
    try {
      bodiless = !HttpUtil.isTransferEncodingChunked(head) && HttpUtil.getContentLength(head, 0L) == 0;
      request = RequestReader.read(ctx.channel(), head, bodiless ? RequestBody.EMPTY : openBody(ctx, head));
    } catch (BadRequestException | IllegalArgumentException e) {
      refuse(ctx, Refusal.of(400, String.valueOf(e.getMessage())));
      return;
    }
    answer(ctx, request);
    if (bodiless) {
      inbox.ask(ctx);
    }
  }

  private BodyPipe openBody(ChannelHandlerContext ctx, HttpRequest head) {
    owesContinue = HttpUtil.is100ContinueExpected(head);
    var pipe = new BodyPipe(HttpUtil.getContentLength(head, -1L), options.maxBodyBytes(), options.bodyTimeout()
        .toNanos(),
        ctx.executor()::inEventLoop, reader -> ctx.executor().execute(() -> moreBody(ctx, reader)));
    body = pipe;
    return pipe;
  }

  /**
   * Somebody wants the next piece of a body; on the event loop. A reader may have been left at a deadline, and ask while the next
   * request is already here.
   */
  private void moreBody(ChannelHandlerContext ctx, BodyPipe reader) {
    if (bodyComplete || state != State.ANSWERING || reader != body) {
      return;
    }
    if (owesContinue) {
      owesContinue = false;
      var _ = ctx.writeAndFlush(ResponseWriter.continueResponse());
    }
    inbox.ask(ctx);
  }

  private void bodyProgressed() {
    PrefixWait waiting = prefix;
    if (waiting != null) {
      waiting.progressed();
    }
  }

  private void onContent(ChannelHandlerContext ctx, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      keepAlive = false;
      endBody("the body is malformed: " + content.decoderResult().cause().getMessage());
      if (state == State.DRAINING) {
        close(ctx);
      }
      return;
    }
    bodyComplete |= content instanceof LastHttpContent;
    BodyPipe open = body;
    if (state == State.DRAINING) {
      drained += content.content().readableBytes();
      drainBody(ctx);
      return;
    } else if (open != null) {
      open.feed(ByteBufUtil.getBytes(content.content()), bodyComplete);
    }
    if (bodyComplete && inbox.isEmpty()) {
      ctx.read(); // What this brings has to wait, but without it nobody would see the client leave.
    }
    bodyProgressed();
  }

  // ---- answering

  private void answer(ChannelHandlerContext ctx, Request request) {
    Exchange running = app.open(request);
    exchange = running;
    runLanes(ctx, running, request);
  }

  /** The fast lane, as often as a gate wants more of the body, and then the slow one unless there is an answer. */
  private void runLanes(ChannelHandlerContext ctx, Exchange running, Request request) {
    prefix = null;
    Optional<Response> answer;
    try {
      answer = running.fastLane();
    } catch (Throwable e) {
      answer = Optional.of(running.broken(e));
    }
    if (answer.isPresent()) {
      Response ready = answer.get();
      if (ResponseWriter.blocks(request, ready)) {
        Thread.ofVirtual().name("edge4j-write").start(() -> send(ctx, running, request, ready, () -> {}));
      } else {
        write(ctx, running, request, ready);
      }
      return;
    }
    BodyPipe pipe = body;
    if (running.bodyWanted() > 0 && pipe != null) {
      var wait = new PrefixWait(ctx, pipe, running.bodyWanted(), options.bodyTimeout(), () -> moreBody(ctx, pipe),
          () -> runLanes(ctx, running, request));
      prefix = wait;
      wait.progressed();
      return;
    }
    boolean offloaded = running.isOffloaded();
    if (!permits.tryTake(offloaded)) {
      write(ctx, running, request, running.shed());
      return;
    }
    Thread.ofVirtual().name("edge4j-request").start(() -> slowLane(ctx, running, request, offloaded));
  }

  /** On a virtual thread: everything that may block, the writing of a stream included. */
  private void slowLane(ChannelHandlerContext ctx, Exchange running, Request request, boolean offloaded) {
    Response response;
    try {
      response = offloaded ? running.slowLane(permits) : running.slowLane();
    } catch (Throwable e) {
      response = running.broken(e);
    }
    send(ctx, running, request, response, () -> running.whenQuiet(() -> permits.giveBack(offloaded)));
  }

  /**
   * On a virtual thread: writes whatever body it is. Calls {@code produced} once the application has nothing more to do for it, but
   * before the client can have seen its end: who has an answer may ask again at once, and shall find the place free.
   */
  private void send(ChannelHandlerContext ctx, Exchange running, Request request, Response response,
      Runnable produced) {
    if (!ResponseWriter.blocks(request, response)) {
      produced.run();
      ctx.executor().execute(() -> write(ctx, running, request, response));
      return;
    }
    boolean reusable = mayReuse(response) && (chunked || !(response.body() instanceof Body.Stream));
    switch (ResponseWriter.writeStream(ctx, request, response, reusable, chunked, options.writeTimeout(), produced)) {
      case WHOLE -> ctx.executor().execute(() -> written(ctx, running, reusable));
      case BROKEN -> ctx.executor().execute(() -> written(ctx, running, false));
      case NOTHING -> ctx.executor().execute(() -> write(ctx, running, request, Response.of(500)));
    }
  }

  private void write(ChannelHandlerContext ctx, Exchange running, Request request, Response response) {
    boolean reusable = mayReuse(response);
    var _ = ResponseWriter.write(ctx, request, response, reusable, options.writeTimeout())
        .addListener(sent -> written(ctx, running, sent.isSuccess() && reusable));
  }

  /** A connection is kept unless either side wants it closed. */
  private boolean mayReuse(Response response) {
    boolean closes = response.headers().list("Connection").stream().anyMatch("close"::equalsIgnoreCase);
    return keepAlive && !stopping && !closes;
  }

  private void written(ChannelHandlerContext ctx, Exchange running, boolean reusable) {
    running.sent();
    endBody("the request has been answered");
    exchange = null;
    if (!ctx.channel().isOpen()) {
      closed();
    }
    if (!reusable || !keepAlive || stopping || (owesContinue && !bodyComplete)) {
      close(ctx);
      return;
    }
    state = State.DRAINING;
    timer.await(ctx, true, () -> close(ctx));
    drainBody(ctx);
  }

  private void drainBody(ChannelHandlerContext ctx) {
    if (bodyComplete) {
      awaitHead(ctx);
    } else if (drained > MAX_DRAINED_BYTES) {
      close(ctx);
    } else {
      inbox.ask(ctx);
    }
  }

  /** Answers what cannot be read as a request, and closes. */
  private void refuse(ChannelHandlerContext ctx, Response response) {
    state = State.DRAINING;
    inbox.stopAsking();
    var _ = ResponseWriter.write(ctx, Request.get("/"), response, false, options.writeTimeout())
        .addListener(_ -> close(ctx));
  }

  private static void close(ChannelHandlerContext ctx) {
    var _ = ctx.close();
  }
}
