package dev.edge4j.server.http2;

import dev.edge4j.http.Headers;
import dev.edge4j.server.lanes.BodyPipe;
import dev.edge4j.server.lanes.BodyRate;
import dev.edge4j.server.lanes.IncomingBody;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Limits;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The body of one stream's request. What the reader has taken is credited to the client and nothing else, which is the backpressure (RFC 9113
 * section 5.2). Confined to the event loop.
 */
final class Http2Body implements IncomingBody {
  /** How long a body may be slower than it must be, over all its pauses. */
  private static final Duration SLOW_GRACE = Duration.ofSeconds(5);

  private final Http2Stream stream;
  private final long declared;
  private final int minBytesPerSecond;
  private final Counters counters;
  private final BodyRate rate;
  private final BodyPipe pipe;
  private boolean owesContinue;
  private boolean complete;
  private boolean tooSlow;
  private long received;
  /** Taken of the client's windows and not given back. */
  private int uncredited;

  Http2Body(Http2Stream stream, RequestHead.Accepted head, Limits limits, Counters counters) {
    Duration pause = limits.timeouts().body();
    Duration grace = pause.compareTo(SLOW_GRACE) < 0 ? pause : SLOW_GRACE;
    this.stream = stream;
    this.declared = head.length();
    this.minBytesPerSecond = limits.clients().minBodyBytesPerSecond();
    this.counters = counters;
    this.rate = new BodyRate(minBytesPerSecond, grace.toNanos());
    this.owesContinue = head.expectsContinue();
    this.pipe = new BodyPipe(declared, limits, counters, stream.loop()::inEventLoop,
        _ -> stream.loop().execute(this::wanted));
  }

  @Override
  public BodyPipe pipe() {
    return pipe;
  }

  @Override
  public void wanted() {
    if (complete || stream.isClosed()) {
      return;
    }
    rate.asked(System.nanoTime());
    if (owesContinue && received == 0) {
      stream.sendContinue();
    }
    owesContinue = false;
    int held = pipe.held();
    credit(held < stream.windowBytes() ? held : 0); // a gate may want to see more at once than a window holds
  }

  /** Hands bytes to the reader. False if they are more, or in the end fewer, than declared. */
  boolean take(Frame.Data piece) {
    int length = piece.bytes().length;
    received += length;
    uncredited += piece.flow();
    boolean honest = declared < 0 || (piece.endStream() ? received == declared : received <= declared);
    if (!honest) {
      return false;
    }
    complete = piece.endStream();
    pipe.feed(piece.bytes(), complete);
    if (!tooSlow && !rate.arrived(length, System.nanoTime()) && !complete) {
      tooSlow = true;
      counters.add(Counter.BODIES_TIMED_OUT);
      pipe.fail(new SocketTimeoutException("the body brought fewer than " + minBytesPerSecond + " bytes a second"));
    }
    if (!complete) {
      credit(pipe.held());
    }
    return true;
  }

  /** Trailers have ended the body. False if it is shorter than declared. */
  boolean end(Headers trailers) {
    boolean honest = declared < 0 || received == declared;
    if (honest) {
      complete = true;
      pipe.feed(new byte[0], true, trailers);
    }
    return honest;
  }

  /** No more of it will come: whoever still reads, or comes to, fails with that reason. */
  void breakOff(String reason) {
    pipe.breakOff(reason);
  }

  /** What the stream will never give back to the connection's window by itself: the rest is thrown away. */
  int forfeit() {
    int rest = uncredited;
    uncredited = 0;
    return rest;
  }

  private void credit(int held) {
    int consumed = uncredited - held;
    if (consumed > 0) {
      uncredited = held;
      stream.credit(consumed);
    }
  }
}
