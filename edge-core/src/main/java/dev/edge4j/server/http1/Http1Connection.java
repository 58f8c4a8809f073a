package dev.edge4j.server.http1;

import dev.edge4j.WebSocketUpgrade;
import dev.edge4j.http.Tunnel;
import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.Response;
import dev.edge4j.server.channel.LingeringClose;
import dev.edge4j.server.channel.LoopBuffers;
import dev.edge4j.server.lanes.Lanes;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Limits;
import dev.edge4j.server.websocket.WebSocketConnection;
import dev.edge4j.server.wire.Connection;
import dev.edge4j.server.wire.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: reads a request, runs its two lanes, writes the response, reads the next. The socket is read only when somebody
 * wants the next piece, so requests are answered in order however they were pipelined. Confined to its event loop but for
 * {@link #retire}, {@link #drain}, {@link #done} and {@link #cut}.
 */
public final class Http1Connection extends ChannelInboundHandlerAdapter implements Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);

  /** Of at most 8 KiB each. */
  private static final int MAX_PIECES_ALONG = 8;

  private enum State {
    /** Waits for a request's head. */
    HEAD,
    /** A request is being answered. */
    ANSWERING,
    /** The answer has left; the rest of the request's body is thrown away. */
    DRAINING
  }

  private final Lanes lanes;
  private final Limits limits;
  private final Counters counters;
  private final Peer peer;
  private final HeadTimer timer;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Inbox inbox;
  private State state = State.HEAD;
  private volatile @Nullable ChannelHandlerContext context;
  private @Nullable ResponseWriter writer;
  private @Nullable Http1Reply reply;
  private @Nullable Http1Body body;
  private boolean keepAlive;
  private int requests;
  private volatile boolean retiring;
  private volatile boolean stopping;
  /** Ends what the connection has become. */
  private @Nullable Runnable drainNext;

  /**
   * A connection that has just been opened.
   *
   * @param peer the other end, as requests shall have it
   */
  public Http1Connection(Lanes lanes, Limits limits, Counters counters, Peer peer) {
    this.lanes = lanes;
    this.limits = limits;
    this.counters = counters;
    this.peer = peer;
    this.timer = new HeadTimer(limits.timeouts(), this::onTimeout);
    var requests = limits.requests();
    this.inbox = new Inbox(new Decoder(requests.maxTargetBytes(), requests.maxHeaderBytes(), requests
        .maxHeaderFields()), this::take, this::onEnd);
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

  /** Something else has taken the connection over before its first request. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    timer.stop();
  }

  private void left() {
    cancel();
    endBody("the client left before the end of the body");
  }

  private void cancel() {
    Http1Reply open = reply;
    if (open != null) {
      open.running().cancel();
    }
  }

  /** Whoever still reads the body, or comes to, fails. */
  private void endBody(String reason) {
    Http1Body open = body;
    if (open != null) {
      open.breakOff(reason);
    }
    bodyProgressed();
  }

  /** The client has closed its half: it may still read answers to what it has sent, or be gone altogether. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      keepAlive &= !inbox.isEmpty();
      cancel();
      inbox.end(ctx);
    }
    ctx.fireUserEventTriggered(event);
  }

  /** What is waited for will not come. */
  private void onEnd(ChannelHandlerContext ctx) {
    keepAlive = false;
    if (state == State.ANSWERING) {
      endBody("the client left before the end of the body");
    } else {
      close(ctx);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.warn("connection to {} failed", ctx.channel().remoteAddress(), cause);
    }
    close(ctx);
  }

  /** Lets each answer from now on say that it is the last. Safe for use by any thread. */
  @Override
  public void retire() {
    retiring = true;
  }

  /** Closes the connection once the request in flight is answered; at once if there is none. Safe for use by any thread. */
  @Override
  public void drain() {
    stopping = true;
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.executor().execute(() -> {
        Http1Reply open = reply;
        if (open != null) {
          open.running().drain();
        }
        Optional.ofNullable(drainNext).ifPresent(Runnable::run);
        boolean waits = state == State.HEAD && inbox.isEmpty() && !(timer.hasBegun() && requests > 0);
        if (waits && !ctx.isRemoved()) { // HTTP/2 may have taken over, and is drained by itself
          close(ctx);
        }
      });
    }
  }

  /** Done once the connection is closed and its last request is answered, even if the client left before that. */
  @Override
  public CompletableFuture<Void> done() {
    return done;
  }

  /** Closes the connection whatever it does. Safe for use by any thread. */
  @Override
  public void cut() {
    Optional.ofNullable(context).ifPresent(Http1Connection::close);
  }

  /** The channel is closed, and may never have been active; on the event loop. */
  @Override
  public void closed() {
    if (reply == null) {
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
      counters.add(state == State.HEAD ? Counter.IDLE_CLOSED : Counter.BODIES_TIMED_OUT);
      cut();
    } else {
      counters.add(Counter.HEADS_TIMED_OUT);
      refuse(ctx, Response.problem(408, "the request's head did not arrive in time"));
    }
  }

  private void onHead(ChannelHandlerContext ctx, Piece.Head head) {
    timer.arrived();
    counters.add(Counter.REQUESTS);
    state = State.ANSWERING;
    requests++;
    keepAlive = head.keepAlive() && !isLastRequest();
    Http1Body incoming = head.isBodiless() ? null
        : new Http1Body(head, limits, counters, ctx.channel().eventLoop(), reader -> moreBody(ctx, reader));
    body = incoming;
    Request request;
    try {
      RequestBody content = incoming == null ? RequestBody.EMPTY : incoming.pipe();
      request = new Request(head.method(), head.target(), head.headers(), content, peer.scheme(), peer.address(),
          peer.certificate());
    } catch (BadRequestException e) {
      counters.add(Counter.MALFORMED);
      refuse(ctx, Response.problem(400, String.valueOf(e.getMessage())));
      return;
    }
    var open = new Http1Reply(this, writer(ctx), lanes, request, incoming, head.old());
    reply = open;
    if (stopping) {
      open.running().drain();
    }
    if (incoming != null && !head.expectsContinue()) {
      takeWhatCameAlong(ctx, incoming);
    }
    open.running().go();
    watch(ctx);
  }

  /** The beginning of a body that came with its head is handed over before anybody asks: who reads it need not wait, nor leave the loop. */
  private void takeWhatCameAlong(ChannelHandlerContext ctx, Http1Body incoming) {
    int pieces = 0;
    while (pieces < MAX_PIECES_ALONG && !incoming.isComplete() && inbox.takeReady(ctx)) {
      pieces++;
    }
  }

  private ResponseWriter writer(ChannelHandlerContext ctx) {
    ResponseWriter known = writer;
    if (known == null) {
      known = new ResponseWriter(ctx, LoopBuffers.of(ctx.channel()), peer.scheme().equals("https"), limits.timeouts()
          .write(), counters);
      writer = known;
    }
    return known;
  }

  private boolean isLastRequest() {
    boolean last = requests >= limits.clients().maxRequestsPerConnection();
    if (last) {
      counters.add(Counter.REQUESTS_PER_CONNECTION_REACHED);
    }
    return last;
  }

  /** What this brings has to wait, but without it nobody would see the client leave. */
  private void watch(ChannelHandlerContext ctx) {
    if (state == State.ANSWERING && isBodyComplete() && inbox.isEmpty() && !inbox.hasEnded()) {
      ctx.read();
    }
  }

  private void onMalformed(ChannelHandlerContext ctx, Piece.Malformed malformed) {
    keepAlive = false;
    counters.add(switch (malformed.status()) {
      case 414 -> Counter.TARGETS_TOO_LONG;
      case 431 -> Counter.HEADERS_TOO_LARGE;
      default -> Counter.MALFORMED;
    });
    switch (state) {
      case HEAD -> {
        timer.arrived();
        refuse(ctx, Response.problem(malformed.status(), malformed.detail()));
      }
      case ANSWERING -> endBody("the body is malformed: " + malformed.detail());
      case DRAINING -> LingeringClose.begin(ctx.channel());
    }
  }

  private boolean isBodyComplete() {
    Http1Body open = body;
    return open == null || open.isComplete();
  }

  /**
   * Somebody wants the next piece of a body; on the event loop. A reader may have been left at a deadline, and ask while the next
   * request is already here.
   */
  private void moreBody(ChannelHandlerContext ctx, Http1Body reader) {
    if (reader.isComplete() || state != State.ANSWERING || reader != body) {
      return;
    }
    Http1Reply open = reply;
    boolean answerBegun = open != null && open.hasBegun();
    if (reader.asked() && inbox.isEmpty() && !answerBegun) { // who did not wait needs no leave (RFC 9110 section 10.1.1)
      writer(ctx).goOn();
    }
    inbox.ask(ctx);
  }

  private void bodyProgressed() {
    Http1Reply open = reply;
    if (open != null) {
      open.running().bodyProgressed();
    }
  }

  private void onContent(ChannelHandlerContext ctx, Piece.Content content) {
    Http1Body open = body;
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

  /** A connection is kept unless either side wants it closed. */
  boolean mayReuse(Response response) {
    return keepAlive && !retiring && !stopping && !(response.headers().contains("Connection") && closes(response));
  }

  private static boolean closes(Response response) {
    return response.headers().list("Connection").stream().anyMatch("close"::equalsIgnoreCase);
  }

  /** The answer has left, or never will; on the loop. */
  void answered(ChannelHandlerContext ctx, Http1Reply answer, boolean reusable) {
    answer.running().sent();
    endBody("the request has been answered");
    reply = null;
    if (!ctx.channel().isOpen()) {
      closed();
    }
    Http1Body open = body;
    if (!reusable || !keepAlive || stopping || (open != null && open.owesContinue())) {
      finish(ctx);
    } else if (isBodyComplete()) {
      awaitHead(ctx);
    } else {
      state = State.DRAINING;
      timer.await(ctx, limits.timeouts().body());
      inbox.ask(ctx);
    }
  }

  /** False once the client has left, or has closed its half. */
  boolean canGoOn(ChannelHandlerContext ctx) {
    return ctx.channel().isActive() && !inbox.hasEnded();
  }

  /** The 101 is on its way: the connection is a WebSocket from now on, and this only keeps the books; on the loop. */
  void becomes(ChannelHandlerContext ctx, Http1Reply answer, WebSocketUpgrade upgrade) {
    var setup = new WebSocketConnection.Setup(upgrade, limits.webSockets(), limits.timeouts().write(), counters,
        answer.running()::cancel, () -> becameClosed(answer));
    handsOver();
    drainNext = WebSocketConnection.replace(ctx, setup, inbox.handOver())::drain;
    if (stopping) {
      drain();
    }
  }

  /** The same, for any other protocol. */
  void becomes(ChannelHandlerContext ctx, Http1Reply answer, Tunnel protocol) {
    var setup = new TunnelConnection.Setup(protocol, writer(ctx)::watch, answer.running()::cancel,
        () -> becameClosed(answer));
    handsOver();
    TunnelConnection.replace(ctx, setup, inbox.handOver());
    drainNext = () -> close(ctx);
    if (stopping) {
      drain();
    }
  }

  private void handsOver() {
    state = State.DRAINING;
    timer.stop();
  }

  private void becameClosed(Http1Reply answer) {
    answer.running().sent();
    reply = null;
    closed();
  }

  /** The last answer has left. Whatever the client said, it may be sending; only a stop does not wait for that. */
  private void finish(ChannelHandlerContext ctx) {
    state = State.DRAINING;
    inbox.stopAsking();
    if (isBodyComplete() && inbox.isEmpty() && stopping) {
      close(ctx);
    } else {
      LingeringClose.begin(ctx.channel());
    }
  }

  private void drainBody(ChannelHandlerContext ctx, boolean goesOn) {
    if (isBodyComplete()) {
      awaitHead(ctx);
    } else if (goesOn) {
      inbox.ask(ctx);
    } else {
      LingeringClose.begin(ctx.channel());
    }
  }

  /** Answers what cannot be read as a request, and closes. */
  private void refuse(ChannelHandlerContext ctx, Response response) {
    state = State.DRAINING;
    inbox.stopAsking();
    var _ = writer(ctx).write(Request.get("/"), response, HeadEncoder.Connection.CLOSED)
        .addListener(_ -> LingeringClose.begin(ctx.channel()));
  }

  private static void close(ChannelHandlerContext ctx) {
    var _ = ctx.close();
  }
}
