package dev.edge4j;

import dev.edge4j.http.Response;

/** Answers a request. Runs on a virtual thread and may block; what it throws is rendered by the nearest group's {@code onError}. */
@FunctionalInterface
public interface Handler {
  Response handle(Context c) throws Exception;

  /**
   * Declares that a handler never blocks and is quick, so that a chain of gates ending in it runs whole on the event loop. A
   * handler that blocks there stops every other request of that loop.
   */
  static Handler inline(Handler handler) {
    return new Inline(handler);
  }

  /** The mark that {@link #inline} leaves. */
  record Inline(Handler handler) implements Handler {
    @Override
    public Response handle(Context c) throws Exception {
      return handler.handle(c);
    }
  }
}
