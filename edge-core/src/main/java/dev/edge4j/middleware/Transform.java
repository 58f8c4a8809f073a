package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Changes requests on their way in and responses on their way out. */
public final class Transform {
  private Transform() {}

  /**
   * Puts another request in the place of each, for all that follows. The route was matched before and stays; a changed path shows
   * in {@link Context#path()} alone. The operator must not block and sees no body.
   */
  public static Gate request(UnaryOperator<Request> change) {
    return new OfRequest(change);
  }

  /**
   * Changes each response, body included. What is thrown behind it passes by: an error is rendered outside of all middleware. May
   * block, so a chain leaves the event loop here.
   */
  public static Middleware response(BiFunction<? super Context, ? super Response, Response> change) {
    return new OfResponse(change);
  }

  private record OfRequest(UnaryOperator<Request> change) implements Gate {
    @Override
    public Verdict before(Context c) {
      c.rewrite(change.apply(c.request()));
      return Verdict.pass();
    }

    @Override
    public String name() {
      return "Transform.request";
    }
  }

  private record OfResponse(BiFunction<? super Context, ? super Response, Response> change) implements Middleware {
    @Override
    public Response handle(Context c, Next next) throws Exception {
      return change.apply(c, next.proceed());
    }

    @Override
    public String name() {
      return "Transform.response";
    }
  }
}
