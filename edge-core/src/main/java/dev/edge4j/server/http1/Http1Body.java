package dev.edge4j.server.http1;

import dev.edge4j.server.lanes.BodyPipe;
import dev.edge4j.server.lanes.BodyRate;
import dev.edge4j.server.lanes.IncomingBody;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Limits;
import io.netty.channel.EventLoop;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Consumer;

/** The body of the request in hand as its connection sees it: how far it has come, and whether it comes fast enough. Confined to the event loop. */
final class Http1Body implements IncomingBody {
  /** How much of a body nobody read is thrown away before the connection is closed instead. */
  private static final int MAX_DROPPED_BYTES = 64 * 1024;

  /** How long a body may be slower than it must be, over all its pauses. */
  private static final Duration SLOW_GRACE = Duration.ofSeconds(5);

  private final int minBytesPerSecond;
  private final Counters counters;
  private final BodyRate rate;
  private final BodyPipe pipe;
  private final Consumer<? super Http1Body> whenWanted;
  private boolean owesContinue;
  private boolean complete;
  private int dropped;

  /** A body whose reader has {@code whenWanted} called, on the event loop, when it wants more. */
  Http1Body(Piece.Head head, Limits limits, Counters counters, EventLoop loop,
      Consumer<? super Http1Body> whenWanted) {
    Duration pause = limits.timeouts().body();
    Duration grace = pause.compareTo(SLOW_GRACE) < 0 ? pause : SLOW_GRACE;
    this.minBytesPerSecond = limits.clients().minBodyBytesPerSecond();
    this.counters = counters;
    this.rate = new BodyRate(minBytesPerSecond, grace.toNanos());
    this.whenWanted = whenWanted;
    this.owesContinue = head.expectsContinue();
    this.pipe = new BodyPipe(head.length(), limits, counters, loop::inEventLoop, _ -> loop.execute(this::wanted));
  }

  @Override
  public BodyPipe pipe() {
    return pipe;
  }

  @Override
  public void wanted() {
    whenWanted.accept(this);
  }

  boolean isComplete() {
    return complete;
  }

  /** True if the client may be waiting for {@code 100 Continue}: it may send the body or another request, nobody can tell which. */
  boolean owesContinue() {
    return owesContinue && !complete;
  }

  /** The socket is about to be asked for more. True if the client may have to be told to go on: once. */
  boolean asked() {
    rate.asked(System.nanoTime());
    boolean first = owesContinue;
    owesContinue = false;
    return first;
  }

  /** Hands bytes to the reader. False if they came too slowly, which fails the reader. */
  boolean take(Piece.Content content) {
    complete |= content.last();
    pipe.feed(content.bytes(), complete, content.trailers());
    if (rate.arrived(content.bytes().length, System.nanoTime()) || complete) {
      return true;
    }
    counters.add(Counter.BODIES_TIMED_OUT);
    pipe.fail(new SocketTimeoutException("the body brought fewer than " + minBytesPerSecond + " bytes a second"));
    return false;
  }

  /** Throws bytes away; false once they are too many. */
  boolean drop(Piece.Content content) {
    complete |= content.last();
    dropped += content.bytes().length;
    return dropped <= MAX_DROPPED_BYTES;
  }

  /** No more of it will come: whoever still reads, or comes to, fails with that reason. */
  void breakOff(String reason) {
    pipe.breakOff(reason);
  }
}
