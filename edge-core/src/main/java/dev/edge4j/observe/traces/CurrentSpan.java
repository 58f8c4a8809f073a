package dev.edge4j.observe.traces;

import dev.edge4j.Context;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.http.Response;

/** See {@link Traces#current}. */
final class CurrentSpan implements Middleware {
  @Override
  @SuppressWarnings("try") // closing it is all it is for
  public Response handle(Context c, Next next) throws Exception {
    try (var _ = Traces.context(c).makeCurrent()) {
      return next.proceed();
    }
  }

  @Override
  public String name() {
    return "Traces.current";
  }
}
