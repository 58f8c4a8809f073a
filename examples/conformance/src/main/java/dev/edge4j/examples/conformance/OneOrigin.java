package dev.edge4j.examples.conformance;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import java.util.Optional;

/**
 * Lets the pages of one origin ask, with credentials, GET and PUT and the field {@code x-a} (Fetch standard section 3.3). Preflights
 * are answered here; the requests of another origin reach no handler. Who sends no {@code Origin} is no page of another one.
 */
final class OneOrigin implements Gate {
  private static final String MAX_AGE_SECONDS = "600";

  private final String allowed;

  OneOrigin(String allowed) {
    this.allowed = allowed;
  }

  @Override
  public Verdict before(Context c) {
    Optional<String> origin = c.header("Origin");
    if (origin.isPresent() && !origin.get().equals(allowed)) {
      return Verdict.answer(Response.problem(403, "pages of this origin may not ask here"));
    }
    boolean preflight = origin.isPresent() && c.method().equals(Method.OPTIONS)
        && c.headers().contains("Access-Control-Request-Method");
    return preflight ? Verdict.answer(granted()) : Verdict.pass();
  }

  /** Whatever was asked for, the answer is what may be; the browser compares. */
  private static Response granted() {
    return Response.of(204)
        .withHeaders(Headers.of("Access-Control-Allow-Methods", "GET, PUT", "Access-Control-Allow-Headers", "x-a",
            "Access-Control-Max-Age", MAX_AGE_SECONDS));
  }

  /** The answer depends on the origin whatever it is, so caches must know (Fetch standard section 3.3.7). */
  @Override
  public Response after(Context c, Response response) {
    Response varied = response.withAddedHeader("Vary", "Origin");
    return c.header("Origin").filter(allowed::equals).isEmpty() ? varied
        : varied.withHeader("Access-Control-Allow-Origin", allowed)
            .withHeader("Access-Control-Allow-Credentials", "true");
  }
}
