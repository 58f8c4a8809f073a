package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.FetchPurpose;
import dev.edge4j.http.Response;

/**
 * Answers 503 to what a browser fetches in advance ({@link FetchPurpose}): for pages whose GET does something, a log-out by link or a counter, and for those too
 * dear to be made in vain. The browser drops the answer and asks again when somebody comes (W3C Speculation Rules: a prefetch whose status is
 * not ok is discarded).
 *
 * <p>Speculation rules should leave such pages out; this is for rules that others wrote. A gate.
 */
public final class RefusePrefetch implements Gate {
  private static final RefusePrefetch INSTANCE = new RefusePrefetch();

  private RefusePrefetch() {}

  public static RefusePrefetch create() {
    return INSTANCE;
  }

  @Override
  public Verdict before(Context c) {
    if (!FetchPurpose.of(c.headers()).isSpeculative()) {
      return Verdict.pass();
    }
    return Verdict.answer(Response.problem(503, "not to be fetched in advance")
        .withHeader("Cache-Control", "no-store")
        .withAddedHeader("Vary", "Sec-Purpose"));
  }
}
