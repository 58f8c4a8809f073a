package dev.edge4j;

import dev.edge4j.http.Response;

/**
 * The rest of a chain; goes on once, in one of these ways. A middleware is given one by the pipeline; a lambda may stand for it in
 * tests of a middleware that only ever proceeds.
 */
@FunctionalInterface
public interface Next {
  /** Runs what follows and returns its response; throws what it throws, and {@link IllegalStateException} at a second call. */
  Response proceed() throws Exception;

  /**
   * As {@link #proceed}, with at most this long for it. What follows sees the deadline in {@link Context#deadline}. If that passes
   * first, {@link GatewayTimeout} is thrown here, and what follows is left behind: it is told by {@link Context#cancelled}, enters no
   * gate, middleware or handler any more, and nobody reads its response. It is not stopped: it keeps its place among the server's
   * handlers until it ends by itself.
   *
   * <p>What follows runs on a virtual thread of its own, with a context of its own over the same request variables: thread-locals do
   * not reach it. A deadline that an outer one precedes costs none of that, and one that is over throws at once.
   */
  default Response proceedBy(Deadline deadline) throws Exception {
    throw new UnsupportedOperationException("only the pipeline can go on by a deadline (" + deadline + ")");
  }

  /**
   * As {@link #proceed}, and if the request is cancelled meanwhile, what follows is interrupted, once; nothing after it is. For methods
   * that are not safe (RFC 9110 section 9.2.1) it is {@link #proceed} and no more.
   *
   * <p>An interrupt in the middle of a socket read closes that socket: a pooled database connection is lost by it.
   */
  default Response proceedInterruptibly() throws Exception {
    throw new UnsupportedOperationException("only the pipeline can interrupt what follows");
  }

  /**
   * Makes what follows an exchange of its own, that ends when its owner says so and not when this request does: neither this client's leaving nor
   * the deadline around reaches it. It sees the request as it is now but for its body, the request variables as they are now, and this
   * deadline, at which it is cancelled. For a cache, whose fetch serves others too.
   */
  default Detached detach(Deadline deadline) {
    throw new UnsupportedOperationException("only the pipeline can detach what follows (" + deadline + ")");
  }
}
