package dev.edge4j.server.http2;

/** How many bytes may still be sent one way (RFC 9113 section 6.9). Below zero after the client has made its windows smaller. */
final class FlowWindow {
  private long bytes;

  FlowWindow(int bytes) {
    this.bytes = bytes;
  }

  long bytes() {
    return bytes;
  }

  void take(int count) {
    bytes -= count;
  }

  /** Grows, or shrinks by a negative count. False if it became larger than a window may be. */
  boolean grow(int count) {
    bytes += count;
    return bytes <= Setting.MAX_WINDOW_BYTES;
  }
}
