package dev.edge4j.server.http2;

/** What one stream sends of its answer's body, and the window that the client has given it for that. Confined to the event loop. */
final class Outgoing {
  /** Told of each frame. */
  @FunctionalInterface
  interface Listener {
    /** A DATA frame with so many bytes is on its way; it may have been the last. */
    void frameSent(int count, boolean last);
  }

  private final int stream;
  private final FlowWindow window;
  private final Listener listener;
  private final SendQueue queue = new SendQueue();
  private boolean open;
  private boolean ready;
  private long progressAt = System.nanoTime();

  Outgoing(int stream, int windowBytes, Listener listener) {
    this.stream = stream;
    this.window = new FlowWindow(windowBytes);
    this.listener = listener;
  }

  int stream() {
    return stream;
  }

  FlowWindow window() {
    return window;
  }

  SendQueue queue() {
    return queue;
  }

  /** The head has left: the body may follow. */
  void open() {
    open = true;
  }

  boolean isOpen() {
    return open;
  }

  /** Nothing more leaves; what waits is thrown away. */
  void close() {
    open = false;
    queue.clear();
  }

  /** Something is about to be added. */
  void beginToWait() {
    if (!queue.isWaiting()) {
      progressAt = System.nanoTime();
    }
  }

  /** True if it is in the row of those that can send. */
  boolean isReady() {
    return ready;
  }

  void setReady(boolean nowReady) {
    ready = nowReady;
  }

  /** True if a frame can leave as far as this stream is concerned. */
  boolean canSend() {
    return open && queue.isWaiting() && (queue.bytes() == 0 || window.bytes() > 0);
  }

  /** True if bytes wait for a window. */
  boolean isWaiting() {
    return open && queue.bytes() > 0;
  }

  /** When the client last let something of them go, or when they began to wait. */
  long progressAt() {
    return progressAt;
  }

  /** A frame is on its way. */
  void sent(int count, boolean last) {
    progressAt = System.nanoTime();
    listener.frameSent(count, last);
  }
}
