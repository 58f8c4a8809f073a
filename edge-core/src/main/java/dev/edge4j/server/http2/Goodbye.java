package dev.edge4j.server.http2;

/**
 * How a connection ends without losing a request (RFC 9113 section 6.8): first it is said that an end comes, then, when all that was under way by then is here, which
 * request was the last. Confined to the event loop.
 */
final class Goodbye {
  /** "edge4j" and a byte of what it is for: an echo of it says that the first GOAWAY has been seen. */
  private static final long PAYLOAD = 0x6564_6765_346a_0001L;

  private enum State {
    /** Requests are welcome. */
    OPEN,
    /** The end is announced; requests still are. */
    ANNOUNCED,
    /** No further request is taken. */
    SAID
  }

  private final Outbox outbox;
  private final Streams streams;
  private State state = State.OPEN;
  private int last = Integer.MAX_VALUE;

  Goodbye(Outbox outbox, Streams streams) {
    this.outbox = outbox;
    this.streams = streams;
  }

  /** True if a new stream is still taken; what comes later the client can safely send elsewhere. */
  boolean admits(int id) {
    return id <= last;
  }

  /** True once no further request is taken. */
  boolean isSaid() {
    return state == State.SAID;
  }

  /** The last stream that is taken, as things are: what has been said of it does not grow. */
  int last() {
    return Math.min(last, streams.last());
  }

  /** Announces the end. */
  void announce() {
    if (state == State.OPEN) {
      state = State.ANNOUNCED;
      FrameWriter.goAway(outbox.frames(), Integer.MAX_VALUE, ErrorCode.NO_ERROR, "");
      FrameWriter.ping(outbox.frames(), false, PAYLOAD);
    }
  }

  void onPong(long payload) {
    if (payload == PAYLOAD && state == State.ANNOUNCED) {
      finish();
    }
  }

  /** Says which request was the last. */
  void finish() {
    if (state != State.SAID) {
      state = State.SAID;
      last = streams.last();
      FrameWriter.goAway(outbox.frames(), last, ErrorCode.NO_ERROR, "");
    }
  }

  /** The client leaves: should it open a stream all the same, it knows that nobody has taken it. */
  void clientLeaves() {
    if (state == State.OPEN) {
      finish();
    }
  }
}
