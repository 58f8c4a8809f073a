package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.http.Response;
import java.util.Optional;

/**
 * Lets code that is given no {@link Context} ask for the one of the request it works for: a logging converter, a repository that wants the tenant.
 * It is there on the thread of what follows and on those that a {@code StructuredTaskScope} forks there, and gone the moment the response is
 * returned, by a scoped value (JEP 506) and not a thread-local: nothing is left on a thread, nothing is seen by another request.
 *
 * <p>Where a context can be a parameter, that says more. A {@code Timeout} behind this runs what follows on a thread and with a context of its
 * own, so put this behind it. Gates in front, writers of streams and work after the response have none. It ends the fast lane.
 */
public final class ContextStorage implements Middleware {
  private static final ScopedValue<Context> CURRENT = ScopedValue.newInstance();

  private ContextStorage() {}

  public static ContextStorage create() {
    return new ContextStorage();
  }

  /** The context of the request that this thread works for; {@link IllegalStateException} if there is none. */
  public static Context current() {
    return tryCurrent().orElseThrow(() -> new IllegalStateException(
        "no request on this thread (expected: a call from a handler or middleware behind ContextStorage)"));
  }

  /** The context of the request that this thread works for, if it does for one. */
  public static Optional<Context> tryCurrent() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    return ScopedValue.where(CURRENT, c).call(next::proceed);
  }
}
