package dev.edge4j.server.http2;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** What the streams of a connection have to say to the client, in frames. Confined to the event loop but for {@link #loop}. */
final class StreamWire {
  /** How long a client may take to see that it has its answer. */
  private static final long STOP_MILLIS = 50;

  private final ChannelHandlerContext ctx;
  private final Runnable flushSoon;
  private final Outbox outbox;
  private final Outflow outflow;
  private final Inflow inflow;
  private final Streams streams;
  private final int streamWindowBytes;
  private final ResponseFields encoder = new ResponseFields();
  private int frameBytes = Setting.DEFAULT_FRAME_BYTES;

  StreamWire(ChannelHandlerContext ctx, Runnable flushSoon, Outbox outbox, Outflow outflow, Inflow inflow,
      Streams streams, int streamWindowBytes) {
    this.ctx = ctx;
    this.flushSoon = flushSoon;
    this.outbox = outbox;
    this.outflow = outflow;
    this.inflow = inflow;
    this.streams = streams;
    this.streamWindowBytes = streamWindowBytes;
  }

  /** The client wants to be sent to like this from now on. */
  void follow(PeerSettings settings, PeerSettings before) {
    frameBytes = settings.frameBytes();
    if (settings.tableBytes() != before.tableBytes()) {
      encoder.limitTable(settings.tableBytes());
    }
  }

  EventLoop loop() {
    return ctx.channel().eventLoop();
  }

  /** How much of one body the client may send beyond what is read. */
  int streamWindowBytes() {
    return streamWindowBytes;
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

  void sendHints(int id, Headers fields) {
    encoder.writeHints(outbox.frames(), id, fields, frameBytes);
    flushSoon.run();
  }

  void sendTrailers(int id, Headers trailers) {
    encoder.writeTrailers(outbox.frames(), id, trailers, frameBytes);
    flushSoon.run();
  }

  void sendHead(int id, Response response, long length, boolean end) {
    encoder.write(outbox.frames(), id, response, length, end, frameBytes);
    flushSoon.run();
  }

  void sendBody(Outgoing stream) {
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
      reset(stream.id(), code);
    }
  }

  /** Resets a stream, which may be closed or never have been opened. */
  void reset(int id, ErrorCode code) {
    Http2Stream stream = streams.get(id);
    FrameWriter.reset(outbox.frames(), id, code);
    streams.close(id, StreamState.RESET_BY_US);
    if (stream != null) {
      stream.cancel("the stream was reset: " + code);
    }
    flushSoon.run();
  }

  /** The application is done with a stream. */
  void finished() {
    streams.finished();
    flushSoon.run();
  }

  /** A client that has its answer and goes on to send may stop (RFC 9113 section 8.1). */
  void stopRequest(int id) {
    if (streams.state(id) == StreamState.ANSWERED && ctx.channel().isActive()) {
      FrameWriter.reset(outbox.frames(), id, ErrorCode.NO_ERROR);
      streams.reset(id);
      flushSoon.run();
    }
  }
}
