package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Deadline;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.http.Response;
import java.time.Duration;

/**
 * Answers 504 if what follows takes too long. What follows sees how long it has in {@link Context#deadline}, and is told by
 * {@link Context#cancelled} when nobody waits for it any more; {@link Next#proceedBy} says what becomes of it then. Of several around
 * a route the shortest counts.
 *
 * <p>The time ends with the handler: a stream that it returned, or a large body, may take as long as the client is not cut off.
 */
public final class Timeout implements Middleware {
  private final Duration longest;
  private final boolean honoursCaller;

  private Timeout(Duration longest, boolean honoursCaller) {
    this.longest = longest;
    this.honoursCaller = honoursCaller;
  }

  /** Allows at most this long; {@link IllegalArgumentException} unless that is more than nothing. */
  public static Timeout after(Duration longest) {
    if (!longest.isPositive()) {
      throw new IllegalArgumentException("timeout: " + longest + " (expected: more than zero)");
    }
    return new Timeout(longest, false);
  }

  /**
   * Allows no more than the caller waits, as it says in {@link Deadline#HEADER}; a caller can only shorten the time. One that says zero
   * is answered 504 at once, one that says nothing or no decimal number is not heard.
   */
  public Timeout honouringCaller() {
    return new Timeout(longest, true);
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    Deadline own = Deadline.in(longest, c.time());
    return next.proceedBy(honoursCaller ? own.sooner(Deadline.of(c.headers(), c.time())) : own);
  }
}
