package dev.edge4j.server.lanes;

/** What runs in the slow lane, and what becomes of its result. Exactly one of {@link #deliver} and {@link #lost} is called, once. */
interface Work<T> {
  /** On a virtual thread, which may begin on the event loop's own stack. */
  T run() throws Exception;

  /** The result in place of that of {@link #run}, which has thrown this or could not be started. Throws nothing itself. */
  T failed(Throwable cause);

  /** On the event loop. */
  void deliver(T result);

  /** In place of {@link #deliver}: the event loop has shut down. On the virtual thread. */
  void lost();
}
