package dev.edge4j;

import dev.edge4j.http.Request;
import dev.edge4j.http.Response;

/**
 * The rest of a chain as an exchange of its own, made by {@link Next#detach}. Its owner asks for the answer, writes or drops the body, and then says so.
 * A stop of the server waits for it from {@link #answer} to {@link #sent}. It takes a place among the server's handlers of its own, and holds it until then.
 */
public interface Detached {
  /**
   * Runs it, once, on a virtual thread. The gates that it enters have done their second half when this returns; if it throws, on a head
   * without body that nobody sees, for the error is rendered where it is thrown on.
   */
  Response answer() throws Exception;

  /**
   * The same rest of the chain with another request in the place of this one, as an exchange of its own; the deadline is the same. For a second attempt.
   * Safe for use by any thread.
   */
  Detached again(Request request);

  /** Nobody waits for it any more: {@link Context#cancelled} tells it so. Safe for use by any thread. */
  void cancel();

  /**
   * Its body has been written, or never will be: starts what it left for after the response. Has to be called, also if {@link #answer} threw; again, it does
   * nothing. Safe for use by any thread.
   */
  void sent();
}
