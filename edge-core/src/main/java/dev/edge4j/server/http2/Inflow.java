package dev.edge4j.server.http2;

/** What the client may send on all streams together, as we have told it (RFC 9113 section 6.9). */
final class Inflow {
  private final int size;
  private final FlowWindow window;
  private int uncredited;

  /** A window of that size, once the client has been told what it is more than the usual one. */
  Inflow(int size) {
    this.size = size;
    this.window = new FlowWindow(size);
  }

  /** What the client has to be told at the start. */
  int beyondDefault() {
    return size - Setting.DEFAULT_WINDOW_BYTES;
  }

  /** False if the client has sent more than it may. */
  boolean take(int bytes) {
    window.take(bytes);
    return window.bytes() >= 0;
  }

  /**
   * Gives bytes back, or none: how much the client has to be told now; 0 for nothing, because small updates cost more than they bring. Where bodies that nobody reads
   * hold most of the window it is told as soon as that is as much as it has left, so that the others go on.
   */
  int credit(int bytes) {
    uncredited += bytes;
    if (uncredited < size / 2 && uncredited < window.bytes()) {
      return 0;
    }
    int increment = uncredited;
    uncredited = 0;
    var _ = window.grow(increment);
    return increment;
  }
}
