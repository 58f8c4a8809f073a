package dev.edge4j.server;

import dev.edge4j.App;
import dev.edge4j.Exchange;
import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.Response;
import dev.edge4j.server.http1.Decoder;
import dev.edge4j.server.http1.Piece;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
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
  private final InetAddress peer;
  private final HeadTimer timer;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Inbox inbox;
  private State state = State.HEAD;
  private volatile @Nullable ChannelHandlerContext context;
  private @Nullable Exchange exchange;
  private @Nullable Incoming body;
  private @Nullable PrefixWait prefix;
  private boolean keepAlive;
  /** False for a client of HTTP/1.0, which knows no chunks. */
  private boolean chunked;
  private int requests;
  private volatile boolean stopping;

  HttpConnection(App app, ServerOptions options, Permits permits, InetAddress peer) {
    this.app = app;
    this.options = options;
    this.permits = permits;
    this.peer = peer;
    this.timer = new HeadTimer(options, this::onTimeout);
    this.inbox = new Inbox(new Decoder(options.maxTargetBytes(), options.maxHeaderBytes()), this::take);
  }

  // ---- life of the connection

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    awaitHead(ctx); // looks at stopping after context is set, as drain does the other way round
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    timer.stop();
    left();
    inbox.clear();
  }

  private void left() {
    Optional.ofNullable(exchange).ifPresent(Exchange::cancel);
    endBody("the client left before the end of the body");
  }

  /** Whoever still reads the body, or comes to, fails. */
  private void endBody(String reason) {
    Incoming open = body;
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
        if (state == State.HEAD && !(timer.hasBegun() && requests > 0)) {
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
    Optional.ofNullable(context).ifPresent(HttpConnection::close);
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
    inbox.add(ctx, (ByteBuf) msg);
    if (state == State.HEAD && !inbox.isEmpty()) {
      timer.begin(ctx);
    }
  }

  private void take(ChannelHandlerContext ctx, Piece piece) {
    switch (piece) {
      case Piece.Head head -> onHead(ctx, head);
      case Piece.Content content -> onContent(ctx, content);
      case Piece.Malformed malformed -> onMalformed(ctx, malformed);
    }
  }

  private void awaitHead(ChannelHandlerContext ctx) {
    state = State.HEAD;
    body = null;
    prefix = null;
    if (stopping) {
      close(ctx);
      return;
    }
    timer.await(ctx, requests == 0 || !inbox.isEmpty());
    inbox.ask(ctx);
  }

  private void onTimeout() {
    ChannelHandlerContext ctx = context;
    if (ctx == null || state != State.HEAD || (requests > 0 && !timer.hasBegun())) {
      cut();
    } else {
      refuse(ctx, Response.problem(408, "the request's head did not arrive in time"));
    }
  }

  private void onHead(ChannelHandlerContext ctx, Piece.Head head) {
    timer.arrived();
    state = State.ANSWERING;
    requests++;
    keepAlive = head.keepAlive() && requests < options.clients().maxRequestsPerConnection();
    chunked = !head.old();
    Incoming incoming = head.isBodiless() ? null : new Incoming(head, options, ctx, reader -> moreBody(ctx, reader));
    body = incoming;
    Request request;
    try {
      RequestBody content = incoming == null ? RequestBody.EMPTY : incoming.pipe();
      request = new Request(head.method(), head.target(), head.headers(), content, "http", peer);
    } catch (BadRequestException e) {
      refuse(ctx, Response.problem(400, String.valueOf(e.getMessage())));
      return;
    }
    Exchange running = app.open(request);
    exchange = running;
    runLanes(ctx, running, request);
    watch(ctx);
  }

  /** What this brings has to wait, but without it nobody would see the client leave. */
  private void watch(ChannelHandlerContext ctx) {
    if (state == State.ANSWERING && isBodyComplete() && inbox.isEmpty()) {
      ctx.read();
    }
  }

  private void onMalformed(ChannelHandlerContext ctx, Piece.Malformed malformed) {
    keepAlive = false;
    switch (state) {
      case HEAD -> {
        timer.arrived();
        refuse(ctx, Response.problem(malformed.status(), malformed.detail()));
      }
      case ANSWERING -> endBody("the body is malformed: " + malformed.detail());
      case DRAINING -> Linger.begin(ctx);
    }
  }

  private boolean isBodyComplete() {
    Incoming open = body;
    return open == null || open.isComplete();
  }

  /**
   * Somebody wants the next piece of a body; on the event loop. A reader may have been left at a deadline, and ask while the next
   * request is already here.
   */
  private void moreBody(ChannelHandlerContext ctx, Incoming reader) {
    if (reader.isComplete() || state != State.ANSWERING || reader != body) {
      return;
    }
    if (reader.asked() && inbox.isEmpty()) { // a client that did not wait needs no leave (RFC 9110 section 10.1.1)
      var _ = ctx.writeAndFlush(ResponseWriter.continueResponse());
    }
    inbox.ask(ctx);
  }

  private void bodyProgressed() {
    Optional.ofNullable(prefix).ifPresent(PrefixWait::progressed);
  }

  private void onContent(ChannelHandlerContext ctx, Piece.Content content) {
    Incoming open = body;
    if (open == null) {
      throw new IllegalStateException("content without a body");
    }
    if (state == State.DRAINING) {
      boolean goesOn = open.drop(content);
      drainBody(ctx, goesOn);
      return;
    }
    keepAlive &= open.take(content);
    watch(ctx);
    bodyProgressed();
  }

  // ---- answering

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
    Incoming open = body;
    if (running.bodyWanted() > 0 && open != null) {
      var wait = new PrefixWait(ctx, open.pipe(), running.bodyWanted(), options.bodyTimeout(), () -> moreBody(ctx,
          open),
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
    Incoming open = body;
    if (!reusable || !keepAlive || stopping || (open != null && open.owesContinue())) {
      finish(ctx);
    } else if (isBodyComplete()) {
      awaitHead(ctx);
    } else {
      state = State.DRAINING;
      timer.await(ctx, options.bodyTimeout());
      inbox.ask(ctx);
    }
  }

  /** The last answer has left. Whatever the client said, it may be sending; only a stop does not wait for that. */
  private void finish(ChannelHandlerContext ctx) {
    state = State.DRAINING;
    inbox.stopAsking();
    if (isBodyComplete() && inbox.isEmpty() && stopping) {
      close(ctx);
    } else {
      Linger.begin(ctx);
    }
  }

  private void drainBody(ChannelHandlerContext ctx, boolean goesOn) {
    if (isBodyComplete()) {
      awaitHead(ctx);
    } else if (goesOn) {
      inbox.ask(ctx);
    } else {
      Linger.begin(ctx);
    }
  }

  /** Answers what cannot be read as a request, and closes. */
  private void refuse(ChannelHandlerContext ctx, Response response) {
    state = State.DRAINING;
    inbox.stopAsking();
    var _ = ResponseWriter.write(ctx, Request.get("/"), response, false, options.writeTimeout())
        .addListener(_ -> Linger.begin(ctx));
  }

  private static void close(ChannelHandlerContext ctx) {
    var _ = ctx.close();
  }
}
