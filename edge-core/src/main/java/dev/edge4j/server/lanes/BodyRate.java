package dev.edge4j.server.lanes;

/**
 * Whether a body arrives fast enough. Only time counts in which we wait for the client; a handler may be as slow as it likes. A
 * pause is bounded elsewhere: this is against a body that trickles in, byte by byte, and holds a handler for hours. Confined to
 * the event loop.
 */
public final class BodyRate {
  private final int bytesPerSecond;
  private final long graceNanos;
  private boolean waiting;
  private long since;
  private long waited;
  private long received;

  /** A body that must bring so many bytes a second on average, once it has been waited for as long as {@code graceNanos}. */
  public BodyRate(int bytesPerSecond, long graceNanos) {
    this.bytesPerSecond = bytesPerSecond;
    this.graceNanos = graceNanos;
  }

  /** The socket has been asked for more. */
  public void asked(long now) {
    if (!waiting) {
      waiting = true;
      since = now;
    }
  }

  /** So many bytes have come. False if they took too long. */
  public boolean arrived(int bytes, long now) {
    received += bytes;
    if (waiting) {
      waiting = false;
      waited += now - since;
    }
    return waited <= graceNanos || received * 1e9 >= (double) bytesPerSecond * waited;
  }
}
