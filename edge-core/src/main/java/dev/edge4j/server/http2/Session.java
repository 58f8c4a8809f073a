package dev.edge4j.server.http2;

import dev.edge4j.server.lanes.Lanes;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Http2Limits;
import dev.edge4j.server.limits.Limits;
import dev.edge4j.server.wire.Peer;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;

/** What the frames of one connection mean (RFC 9113 sections 5 and 6): streams open, get data, close; settings and windows change. Confined to the event loop. */
final class Session {
  private final Limits limits;
  private final Http2Limits http2;
  private final Counters counters;
  private final Outbox outbox;
  private final FloodGuard floods;
  private final Outflow outflow;
  private final Inflow inflow;
  private final Streams streams = new Streams();
  private final StreamWire wire;
  private final Goodbye goodbye;
  private final Requests requests;
  private PeerSettings settings = PeerSettings.DEFAULTS;
  private boolean greeted;

  /** A session whose frames leave soon after {@code flushSoon}. */
  Session(ChannelHandlerContext ctx, Runnable flushSoon, Lanes lanes, Limits limits, Counters counters, Peer peer) {
    this.limits = limits;
    this.http2 = limits.http2();
    this.counters = counters;
    this.outbox = new Outbox(ctx);
    this.floods = new FloodGuard(http2.frames());
    this.outflow = new Outflow(outbox, floods);
    this.inflow = new Inflow(http2.connectionWindowBytes());
    this.wire = new StreamWire(ctx, flushSoon, outbox, outflow, inflow, streams, http2.streamWindowBytes());
    this.goodbye = new Goodbye(outbox, streams);
    this.requests = new Requests(this, wire, streams, goodbye, ctx.alloc(), lanes, limits, counters, peer);
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

  StreamWire wire() {
    return wire;
  }

  /** What a new stream may be sent before the client says more. */
  int sendWindowBytes() {
    return settings.windowBytes();
  }

  /** True once the client's first settings are here. */
  boolean isGreeted() {
    return greeted;
  }

  /** Our first frames (section 3.4). */
  void greet() {
    FrameWriter.settings(outbox.frames(), Setting.MAX_CONCURRENT_STREAMS, http2.maxConcurrentStreams(),
        Setting.INITIAL_WINDOW_SIZE, http2.streamWindowBytes(), Setting.MAX_HEADER_LIST_SIZE, Requests.maxListBytes(
            limits));
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
      case Frame.Headers headers -> requests.onHeaders(headers);
      case Frame.Continuation more -> requests.onContinuation(more);
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
      wire.creditConnection(data.flow());
      onLateData(data);
      return;
    }
    stream.receiveWindow().take(data.flow());
    if (stream.receiveWindow().bytes() < 0) {
      wire.creditConnection(data.flow());
      fail(data.stream(), ErrorCode.FLOW_CONTROL_ERROR);
    } else if (!stream.take(data)) {
      counters.add(Counter.MALFORMED);
      fail(data.stream(), ErrorCode.PROTOCOL_ERROR);
    }
    wire.creditConnection(0); // what others gave back may be all that is left to send now
  }

  /** A client that has its answer and goes on to send may stop (RFC 9113 section 8.1). */
  private void onLateData(Frame.Data data) {
    if (data.endStream()) {
      streams.ended(data.stream());
    } else {
      wire.stopRequest(data.stream());
    }
  }

  private void countData(int bytes) throws ConnectionException {
    if (bytes == 0) {
      count(Flood.EMPTY_DATA);
    } else if (bytes < FloodGuard.TINY_BYTES) {
      count(Flood.TINY_DATA);
    }
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
    wire.follow(settings, before);
    int grown = settings.windowBytes() - before.windowBytes();
    for (Http2Stream stream : grown == 0 ? List.<Http2Stream>of() : streams.all()) {
      if (!stream.outgoing().window().grow(grown)) {
        throw new ConnectionException(ErrorCode.FLOW_CONTROL_ERROR, "INITIAL_WINDOW_SIZE makes a window too large");
      }
      outflow.offer(stream.outgoing());
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
      if (stream != null && !stream.outgoing().window().grow(update.increment())) {
        fail(update.stream(), ErrorCode.FLOW_CONTROL_ERROR);
      } else if (stream != null) {
        outflow.offer(stream.outgoing());
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
  boolean decide(int id, StreamState.Kind kind) throws ConnectionException {
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
  void fail(int id, ErrorCode code) throws ConnectionException {
    count(Flood.MADE_RESETS);
    wire.reset(id, code);
  }

  // ---- the end

  /** The server stops: answers without an end of their own end now. */
  void drain() {
    requests.drain();
  }

  /** Nothing more will come: everybody who works on an answer is told. */
  void cancelAll(String reason) {
    for (Http2Stream stream : streams.all()) {
      streams.close(stream.id(), StreamState.CLOSED);
      stream.cancel(reason);
    }
    requests.clear();
  }
}
