package dev.edge4j;

import dev.edge4j.http.Response;

/**
 * A middleware in two halves that promises not to block. The leading gates of a chain run on the event loop, before a request
 * costs a thread; a gate behind an ordinary middleware simply runs there, on the virtual thread. In tests, a gate that breaks the
 * promise fails its request with a {@link GateBlockedError}.
 *
 * <p>{@link #after} runs exactly once for each gate whose {@link #before} ran (and did not offload or throw), in reverse order, on
 * the final head: an answer, a handler's response, an error page. It never nests with middleware. For a gate that is just being
 * entered when a deadline passes, that is the head that has left without it: what it changes there, nobody sees.
 *
 * <p>A gate sees no body: neither that of the request, but for a {@linkplain #bodyPrefix prefix}, nor that of the response, but for a
 * {@linkplain Context#tap tap}.
 */
public interface Gate extends Middleware {
  /** The most that {@link #bodyPrefix} may say: 64 KiB. */
  int MAX_BODY_PREFIX = 64 * 1024;

  /** Decides without waiting. What it throws is an error like any other. */
  Verdict before(Context c);

  /** May change status and header fields of the final response; a changed body is an error. */
  default Response after(Context c, Response response) {
    return response;
  }

  /**
   * How many bytes of the request's body {@link #before} looks at, by {@link Context#bodyPrefix}: 0 to {@link #MAX_BODY_PREFIX}, and
   * always the same. They are buffered before it runs, without blocking the event loop, once the gates in front have passed; a
   * client that lets them wait is answered 408.
   */
  default int bodyPrefix() {
    return 0;
  }

  /**
   * Both halves around the rest of the chain, on a virtual thread. The pipeline calls this for a gate that answered
   * {@link Verdict#offload()}; such a gate overrides it, and may block here.
   */
  @Override
  default Response handle(Context c, Next next) throws Exception {
    return switch (before(c)) {
      case Verdict.Pass _ -> after(c, next.proceed());
      case Verdict.Answer(Response response) -> after(c, response);
      case Verdict.Offload _ -> throw new IllegalStateException(name()
          + " offloads, but does not override handle(c, next)");
    };
  }
}
