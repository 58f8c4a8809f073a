package dev.edge4j.server.http2;

import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.lanes.Lanes;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Http2Limits;
import dev.edge4j.server.limits.Limits;
import dev.edge4j.server.wire.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the frames of one connection mean (RFC 9113 sections 5 and 6): streams open, get data, close; settings and windows change. Confined to the event loop. */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** How much larger a compressed block may be than the fields that are kept of it: the rest is read for the table alone. */
  private static final int BLOCK_FACTOR = 2;

  /** How long a client may take to see that it has its answer. */
  private static final long STOP_MILLIS = 50;

  private final ChannelHandlerContext ctx;
  private final Runnable flushSoon;
  private final Lanes lanes;
  private final Limits limits;
  private final Http2Limits http2;
  private final Counters counters;
  private final Peer peer;
  private final Outbox outbox;
  private final FloodGuard floods;
  private final Outflow outflow;
  private final Inflow inflow;
  private final HeaderDecoder decoder;
  private final ResponseFields encoder = new ResponseFields();
  private final Streams streams = new Streams();
  private final Goodbye goodbye;
  private boolean draining;
  private PeerSettings settings = PeerSettings.DEFAULTS;
  private @Nullable FieldBlock block;
  private boolean greeted;
  private int requests;

  Session(ChannelHandlerContext ctx, Runnable flushSoon, Lanes lanes, Limits limits, Counters counters, Peer peer) {
    this.ctx = ctx;
    this.flushSoon = flushSoon;
    this.lanes = lanes;
    this.limits = limits;
    this.http2 = limits.http2();
    this.counters = counters;
    this.peer = peer;
    this.outbox = new Outbox(ctx);
    this.floods = new FloodGuard(http2.frames());
    this.outflow = new Outflow(outbox, floods);
    this.inflow = new Inflow(http2.connectionWindowBytes());
    this.decoder = new HeaderDecoder(maxListBytes());
    this.goodbye = new Goodbye(outbox, streams);
  }

  /** The path counts as a field too. */
  private int maxListBytes() {
    return limits.requests().maxHeaderBytes() + limits.requests().maxTargetBytes();
  }

  Outbox outbox() {
    return outbox;
  }

  Outflow outflow() {
    return outflow;
  }

  Streams streams() {
    return streams;
  }

  Goodbye goodbye() {
    return goodbye;
  }

  /** True once the client's first settings are here. */
  boolean isGreeted() {
    return greeted;
  }

  /** Our first frames (section 3.4). */
  void greet() {
    FrameWriter.settings(outbox.frames(), Setting.MAX_CONCURRENT_STREAMS, http2.maxConcurrentStreams(),
        Setting.INITIAL_WINDOW_SIZE, http2.streamWindowBytes(), Setting.MAX_HEADER_LIST_SIZE, maxListBytes());
    if (inflow.beyondDefault() > 0) {
      FrameWriter.windowUpdate(outbox.frames(), 0, inflow.beyondDefault());
    }
  }

  // ---- frames

  void take(Frame frame) throws ConnectionException {
    if (!greeted && !(frame instanceof Frame.Settings first && !first.ack())) {
      throw new ConnectionException(ErrorCode.PROTOCOL_ERROR, "the first frame is no SETTINGS (RFC 9113 section 3.4)");
    }
    switch (frame) {
      case Frame.Data data -> onData(data);
      case Frame.Headers headers -> onHeaders(headers);
      case Frame.Continuation more -> onContinuation(more);
      case Frame.Reset reset -> onReset(reset.stream());
      case Frame.Settings changed -> onSettings(changed);
      case Frame.Ping ping -> onPing(ping);
      case Frame.GoAway _ -> goodbye.clientLeaves();
      case Frame.WindowUpdate update -> onWindowUpdate(update);
      case Frame.Ignored _ -> count(Flood.IGNORED);
      case Frame.Broken broken -> onBroken(broken);
    }
  }

  /** Counts a frame; past its budget the connection ends. */
  private void count(Flood flood) throws ConnectionException {
    if (!floods.admits(flood, System.nanoTime())) {
      counters.add(flood.counter());
      throw new ConnectionException(ErrorCode.ENHANCE_YOUR_CALM, "too many frames of a kind: " + flood);
    }
  }

  private void onData(Frame.Data data) throws ConnectionException {
    if (!inflow.take(data.flow())) {
      throw new ConnectionException(ErrorCode.FLOW_CONTROL_ERROR, "more DATA than the connection's window allows");
    }
    if (data.beginsFrame() && !data.endStream()) {
      countData(data.frameData());
    }
    Http2Stream stream = streams.get(data.stream());
    boolean taken = decide(data.stream(), StreamState.Kind.DATA);
    if (!taken || stream == null) {
      creditConnection(data.flow());
      onLateData(data);
      return;
    }
    stream.receiveWindow().take(data.flow());
    if (stream.receiveWindow().bytes() < 0) {
      creditConnection(data.flow());
      fail(data.stream(), ErrorCode.FLOW_CONTROL_ERROR);
    } else if (!stream.take(data)) {
      counters.add(Counter.MALFORMED);
      fail(data.stream(), ErrorCode.PROTOCOL_ERROR);
    }
  }

  /** A client that has its answer and goes on to send may stop (RFC 9113 section 8.1). */
  private void onLateData(Frame.Data data) {
    if (data.endStream()) {
      streams.ended(data.stream());
    } else {
      stopRequest(data.stream());
    }
  }

  private void stopRequest(int id) {
    if (streams.state(id) == StreamState.ANSWERED && ctx.channel().isActive()) {
      FrameWriter.reset(outbox.frames(), id, ErrorCode.NO_ERROR);
      streams.reset(id);
      flushSoon.run();
    }
  }

  private void countData(int bytes) throws ConnectionException {
    if (bytes == 0) {
      count(Flood.EMPTY_DATA);
    } else if (bytes < FloodGuard.TINY_BYTES) {
      count(Flood.TINY_DATA);
    }
  }

  private void onHeaders(Frame.Headers headers) throws ConnectionException {
    if (headers.endHeaders()) {
      onBlock(headers, headers.fragment());
    } else {
      block = new FieldBlock(headers, BLOCK_FACTOR * maxListBytes(), http2.maxContinuations(), ctx.alloc());
    }
  }

  private void onContinuation(Frame.Continuation more) throws ConnectionException {
    FieldBlock open = block;
    if (open == null) {
      throw new IllegalStateException("CONTINUATION without a block");
    }
    if (!open.add(more)) {
      counters.add(Counter.HTTP2_CONTINUATION_FLOODS);
      throw new ConnectionException(ErrorCode.ENHANCE_YOUR_CALM, "a field block is too long, or in too many frames");
    }
    if (more.endHeaders()) {
      block = null;
      try {
        onBlock(open.head(), open.bytes());
      } finally {
        open.release();
      }
    }
  }

  /** A whole field block, which is read whatever its stream: the compression depends on it (section 4.3). */
  private void onBlock(Frame.Headers head, ByteBuf bytes) throws ConnectionException {
    FieldList fields;
    try {
      fields = decoder.decode(head.stream(), bytes);
    } catch (ConnectionException e) {
      if (e.code() == ErrorCode.ENHANCE_YOUR_CALM) {
        counters.add(Counter.HTTP2_HEADER_BOMBS);
      }
      throw e;
    }
    int id = head.stream();
    if (id % 2 == 0) {
      throw new ConnectionException(ErrorCode.PROTOCOL_ERROR, "a client opened stream " + id
          + " (expected: an odd one)");
    }
    if (streams.state(id) != StreamState.IDLE) {
      if (decide(id, StreamState.Kind.HEADERS)) {
        onTrailers(head, fields);
      } else if (head.endStream()) {
        streams.ended(id);
      }
    } else if (goodbye.admits(id)) {
      streams.opened(id);
      onRequest(head, fields);
    }
  }

  private void onRequest(Frame.Headers head, FieldList fields) throws ConnectionException {
    int id = head.stream();
    if (head.onItself()) {
      fail(id, ErrorCode.PROTOCOL_ERROR);
      return;
    }
    if (streams.unfinished() >= http2.maxConcurrentStreams()) {
      counters.add(Counter.HTTP2_STREAMS_REFUSED);
      fail(id, ErrorCode.REFUSED_STREAM);
      return;
    }
    switch (RequestFields.read(fields, head.endStream(), limits.requests())) {
      case RequestHead.Accepted accepted -> accept(head, accepted);
      case RequestHead.Refused refused -> refuse(head, refused);
      case RequestHead.Malformed malformed -> {
        LOG.debug("{} sent a malformed request: {}", peer.address(), malformed.detail());
        counters.add(Counter.MALFORMED);
        fail(id, ErrorCode.PROTOCOL_ERROR);
      }
    }
    if (++requests == limits.clients().maxRequestsPerConnection()) {
      counters.add(Counter.REQUESTS_PER_CONNECTION_REACHED);
      goodbye.finish();
    }
  }

  private void accept(Frame.Headers head, RequestHead.Accepted accepted) {
    Http2Stream stream = add(head, accepted.method());
    Http2Body body = head.endStream() ? null : new Http2Body(stream, accepted, limits, counters);
    Request request;
    try {
      request = new Request(accepted.method(), accepted.target(), accepted.headers(), stream.content(body), peer
          .scheme(),
          peer.address(), peer.certificate());
    } catch (BadRequestException e) {
      counters.add(Counter.MALFORMED);
      stream.send(Response.problem(400, String.valueOf(e.getMessage())));
      return;
    }
    counters.add(Counter.REQUESTS);
    stream.open(lanes, request, body);
    if (draining) {
      stream.drain();
    }
    stream.go();
  }

  private void refuse(Frame.Headers head, RequestHead.Refused refused) {
    counters.add(switch (refused.status()) {
      case 414 -> Counter.TARGETS_TOO_LONG;
      case 431 -> Counter.HEADERS_TOO_LARGE;
      default -> Counter.MALFORMED;
    });
    add(head, refused.method()).send(Response.problem(refused.status(), refused.detail()));
  }

  private Http2Stream add(Frame.Headers head, Method method) {
    var stream = new Http2Stream(this, head.stream(), method, head.endStream(), settings.windowBytes(), http2
        .streamWindowBytes());
    streams.add(stream);
    return stream;
  }

  /** Trailers end the request; they are read as strictly as its head. */
  private void onTrailers(Frame.Headers head, FieldList fields) throws ConnectionException {
    Http2Stream stream = streams.get(head.stream());
    try {
      Headers trailers = TrailerFields.read(fields);
      if (stream != null && head.endStream() && !head.onItself() && stream.endRequest(trailers)) {
        return;
      }
    } catch (MalformedFieldsException e) {
      LOG.debug("{} sent malformed trailers: {}", peer.address(), e.detail());
    }
    counters.add(Counter.MALFORMED);
    fail(head.stream(), ErrorCode.PROTOCOL_ERROR);
  }

  private void onReset(int id) throws ConnectionException {
    boolean taken = decide(id, StreamState.Kind.RESET);
    count(Flood.RESETS);
    Http2Stream stream = streams.get(id);
    if (taken && stream != null) {
      streams.close(id, StreamState.CLOSED);
      stream.cancel("the client has cancelled the request");
    }
  }

  private void onSettings(Frame.Settings changed) throws ConnectionException {
    count(Flood.SETTINGS);
    if (changed.ack()) {
      return;
    }
    PeerSettings before = settings;
    settings = before.with(changed.values());
    if (settings.tableBytes() != before.tableBytes()) {
      encoder.limitTable(settings.tableBytes());
    }
    int grown = settings.windowBytes() - before.windowBytes();
    for (Http2Stream stream : grown == 0 ? List.<Http2Stream>of() : streams.all()) {
      if (!stream.sendWindow().grow(grown)) {
        throw new ConnectionException(ErrorCode.FLOW_CONTROL_ERROR, "INITIAL_WINDOW_SIZE makes a window too large");
      }
      outflow.offer(stream);
    }
    greeted = true;
    FrameWriter.settingsAck(outbox.frames());
    outflow.pump();
  }

  private void onPing(Frame.Ping ping) throws ConnectionException {
    count(Flood.PINGS);
    if (ping.ack()) {
      goodbye.onPong(ping.payload());
    } else {
      FrameWriter.ping(outbox.frames(), true, ping.payload());
    }
  }

  private void onWindowUpdate(Frame.WindowUpdate update) throws ConnectionException {
    count(Flood.WINDOW_UPDATES);
    if (update.stream() == 0) {
      if (!outflow.grow(update.increment())) {
        throw new ConnectionException(ErrorCode.FLOW_CONTROL_ERROR, "the connection's window is too large");
      }
    } else if (decide(update.stream(), StreamState.Kind.WINDOW_UPDATE)) {
      Http2Stream stream = streams.get(update.stream());
      if (stream != null && !stream.sendWindow().grow(update.increment())) {
        fail(update.stream(), ErrorCode.FLOW_CONTROL_ERROR);
      } else if (stream != null) {
        outflow.offer(stream);
      }
    } else if (!streams.growClosed(update.stream(), update.increment())) {
      fail(update.stream(), ErrorCode.FLOW_CONTROL_ERROR);
    }
    outflow.pump();
  }

  private void onBroken(Frame.Broken broken) throws ConnectionException {
    count(Flood.IGNORED);
    if (streams.get(broken.stream()) == null) {
      // RST_STREAM may not be sent for a stream that is idle (section 6.4), and means nothing for one that is closed
      throw new ConnectionException(broken.code(), "a frame is malformed on a stream that is not open");
    }
    fail(broken.stream(), broken.code());
  }

  /** What a frame means for its stream: true if it is to be taken. */
  private boolean decide(int id, StreamState.Kind kind) throws ConnectionException {
    StreamState state = streams.state(id);
    switch (state.on(kind)) {
      case TAKE -> {
        return true;
      }
      case IGNORE -> {
        if (kind == StreamState.Kind.RESET) {
          streams.ended(id);
        } else if (kind != StreamState.Kind.WINDOW_UPDATE) {
          count(Flood.IGNORED);
        }
      }
      case RESET_CLOSED -> fail(id, ErrorCode.STREAM_CLOSED);
      case FAIL_CLOSED -> throw new ConnectionException(ErrorCode.STREAM_CLOSED, "a frame on a closed stream");
      case FAIL_PROTOCOL -> throw new ConnectionException(ErrorCode.PROTOCOL_ERROR, "a frame on an idle stream");
    }
    return false;
  }

  /** Resets a stream for what the client has done (section 5.4.2). */
  private void fail(int id, ErrorCode code) throws ConnectionException {
    count(Flood.MADE_RESETS);
    Http2Stream stream = streams.get(id);
    FrameWriter.reset(outbox.frames(), id, code);
    streams.close(id, StreamState.RESET_BY_US);
    if (stream != null) {
      stream.cancel("the stream was reset: " + code);
    }
  }

  // ---- for streams

  EventLoop loop() {
    return ctx.channel().eventLoop();
  }

  int streamWindowBytes() {
    return http2.streamWindowBytes();
  }

  void creditConnection(int bytes) {
    int increment = inflow.credit(bytes);
    if (increment > 0) {
      sendWindowUpdate(0, increment);
    }
  }

  void sendWindowUpdate(int id, int increment) {
    FrameWriter.windowUpdate(outbox.frames(), id, increment);
    flushSoon.run();
  }

  void sendContinue(int id) {
    encoder.writeContinue(outbox.frames(), id);
    flushSoon.run();
  }

  void sendHead(int id, Response response, long length, boolean end) {
    encoder.write(outbox.frames(), id, response, length, end, settings.frameBytes());
    flushSoon.run();
  }

  void sendBody(Http2Stream stream) {
    outflow.offer(stream);
    pump();
  }

  /** Sends what windows and client allow. */
  void pump() {
    outflow.pump();
    flushSoon.run();
  }

  void whenSent(Runnable action) {
    outbox.whenSent(action);
  }

  /**
   * The answer has ended. A client that still sends its request is told to stop; not at once, for it may be about to end it, and what is wrong with what it has sent
   * already shall be said first.
   */
  void answered(Http2Stream stream, boolean requestEnded) {
    int id = stream.id();
    streams.close(id, requestEnded ? StreamState.CLOSED : StreamState.ANSWERED);
    stream.close("the request has been answered");
    if (!requestEnded) {
      var _ = loop().schedule(() -> stopRequest(id), STOP_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Resets a stream for what has happened here. */
  void abort(Http2Stream stream, ErrorCode code) {
    if (!stream.isClosed()) {
      FrameWriter.reset(outbox.frames(), stream.id(), code);
      streams.close(stream.id(), StreamState.RESET_BY_US);
      stream.cancel("the stream was reset: " + code);
      flushSoon.run();
    }
  }

  void finished() {
    streams.finished();
    flushSoon.run();
  }

  // ---- the end

  /** The server stops: answers without an end of their own end now. */
  void drain() {
    draining = true;
    streams.all().forEach(Http2Stream::drain);
  }

  /** Nothing more will come: everybody who works on an answer is told. */
  void cancelAll(String reason) {
    for (Http2Stream stream : streams.all()) {
      streams.close(stream.id(), StreamState.CLOSED);
      stream.cancel(reason);
    }
    FieldBlock open = block;
    if (open != null) {
      block = null;
      open.release();
    }
  }
}
