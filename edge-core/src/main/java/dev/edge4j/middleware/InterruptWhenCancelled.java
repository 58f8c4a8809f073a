package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.http.Response;

/**
 * Interrupts what follows once nobody waits for it any more: the client has left, or a {@link Timeout} has answered. Only for safe
 * methods, and only while it runs: no interrupt reaches what comes after. By default nobody is interrupted.
 *
 * <p>For routes that wait long for something that an interrupt ends well: {@code app.with(InterruptWhenCancelled.create()).get(...)}.
 * An interrupt in the middle of a socket read closes that socket, so a route that uses a pool of connections loses one each time.
 */
public final class InterruptWhenCancelled implements Middleware {
  private InterruptWhenCancelled() {}

  public static InterruptWhenCancelled create() {
    return new InterruptWhenCancelled();
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    return next.proceedInterruptibly();
  }
}
