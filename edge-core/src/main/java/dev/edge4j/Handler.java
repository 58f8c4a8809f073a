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
    return Marked.of(handler).withInline();
  }

  /**
   * Declares that a handler must never begin on the event loop. A server that lets virtual threads begin there finds out by itself which
   * routes run long or always wait; but it finds out by being held up, and a wait that pins the thread it does not survive. So mark what
   * reads files with {@code java.io}, resolves host names, calls native code that takes its time, waits in a static initialiser, or
   * spins until another request has done something.
   */
  static Handler hop(Handler handler) {
    return Marked.of(handler).withHop();
  }

  /**
   * Declares that a handler is not counted among the requests in handlers, and is answered however many there are: for the health of a
   * server, which must not look dead because it is busy. Whoever can reach it can ask for as much of it as he likes.
   */
  static Handler exempt(Handler handler) {
    return Marked.of(handler).withExempt();
  }

  /**
   * The marks that {@link #inline}, {@link #hop} and {@link #exempt} leave, in whatever order they were set.
   *
   * @param inline never blocks
   * @param hop never begins on the event loop
   * @param exempt is not bounded
   */
  record Marked(Handler handler, boolean inline, boolean hop, boolean exempt) implements Handler {
    /** Refuses a handler that would have to be on the event loop and must not. */
    public Marked {
      if (inline && hop) {
        throw new IllegalArgumentException("a handler marked inline and hop (expected: one of the two)");
      }
    }

    /** The marks of a handler; none if nobody has set any. */
    static Marked of(Handler handler) {
      return handler instanceof Marked marked ? marked : new Marked(handler, false, false, false);
    }

    private Marked withInline() {
      return new Marked(handler, true, hop, exempt);
    }

    private Marked withHop() {
      return new Marked(handler, inline, true, exempt);
    }

    private Marked withExempt() {
      return new Marked(handler, inline, hop, true);
    }

    @Override
    public Response handle(Context c) throws Exception {
      return handler.handle(c);
    }
  }
}
