package dev.edge4j.server.http2;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/**
 * Sends the bodies of responses as far as the client's windows allow and as fast as it takes them: a frame of each stream in turn (RFC 9113
 * section 5.2). Confined to the event loop.
 */
final class Outflow {
  /** Small enough that a large body does not keep the others waiting, whatever the client would take. */
  private static final int MAX_FRAME_BYTES = 16 * 1024;

  private final Outbox outbox;
  private final FloodGuard floods;
  private final FlowWindow window = new FlowWindow(Setting.DEFAULT_WINDOW_BYTES);
  private final ArrayDeque<Outgoing> ready = new ArrayDeque<>();
  private long progressAt = System.nanoTime();

  Outflow(Outbox outbox, FloodGuard floods) {
    this.outbox = outbox;
    this.floods = floods;
  }

  /** The client takes more, of all streams together. False if that is more than a window may be. */
  boolean grow(int increment) {
    return window.grow(increment);
  }

  /** True if the stream has waited for a window, its own or that of all, for so long, in which nothing of it could go. */
  boolean isStalled(Outgoing stream, long nanos, long now) {
    if (!stream.isWaiting()) {
      return false;
    }
    if (stream.window().bytes() <= 0) {
      return now - stream.progressAt() >= nanos;
    }
    return window.bytes() <= 0 && now - Math.max(progressAt, stream.progressAt()) >= nanos;
  }

  /** A stream may have something to send now. */
  void offer(Outgoing stream) {
    if (!stream.isReady() && stream.canSend()) {
      stream.setReady(true);
      ready.add(stream);
    }
  }

  /** Sends until there is nothing to send, no window or no room. */
  void pump() {
    while (!ready.isEmpty() && outbox.hasRoom()) {
      Outgoing stream = ready.getFirst();
      if (window.bytes() <= 0 && stream.queue().bytes() > 0) {
        if (!skipToBareEnd()) {
          return;
        }
        continue;
      }
      ready.removeFirst();
      stream.setReady(false);
      if (stream.canSend()) {
        sendFrame(stream);
        offer(stream);
      }
    }
  }

  /** With no window left, the end of a body whose bytes have all left can still leave. */
  private boolean skipToBareEnd() {
    for (Outgoing stream : ready) {
      if (stream.queue().bytes() == 0) {
        ready.remove(stream);
        ready.addFirst(stream);
        return true;
      }
    }
    return false;
  }

  private void sendFrame(Outgoing stream) {
    SendQueue queue = stream.queue();
    long may = Math.min(Math.min(window.bytes(), stream.window().bytes()), MAX_FRAME_BYTES);
    int count = (int) Math.min(queue.bytes(), may);
    boolean last = queue.hasEnded() && count == queue.bytes();
    ByteBuf frames = outbox.frames();
    boolean ends = last && queue.trailers().size() == 0;
    if (count > 0 || ends) {
      FrameWriter.dataHeader(frames, count, ends, stream.stream());
    }
    queue.moveTo(frames, count);
    window.take(count);
    stream.window().take(count);
    floods.sentData();
    progressAt = System.nanoTime();
    stream.sent(count, last);
  }
}
