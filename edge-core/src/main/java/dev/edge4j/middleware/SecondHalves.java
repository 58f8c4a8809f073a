package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.HttpError;
import dev.edge4j.Next;
import dev.edge4j.http.Response;
import java.util.List;

/**
 * Second halves of the gates in a combination. The pipeline runs one half of the combination, so it is here that each of those inside runs, whatever the others
 * do: a gate gives back in its second half what it took in its first.
 */
final class SecondHalves {
  private SecondHalves() {}

  /** Runs all of them, the last one first. If one fails those in front of it see a bare 500, as in the pipeline, and its error is thrown then. */
  static Response of(Context c, List<Gate> gates, Response response) {
    Response current = response;
    RuntimeException failure = null;
    for (Gate gate : gates.reversed()) {
      try {
        current = gate.after(c, current);
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
        current = Response.of(500);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return current;
  }

  /** What follows; where it throws, these gates have their second halves before the error goes on. */
  static Response orUnseen(Context c, List<Gate> gates, Next next) throws Exception {
    try {
      return next.proceed();
    } catch (Throwable e) {
      unseen(c, gates, e);
      throw e;
    }
  }

  /** Runs them on a response of the error's status: the one that it becomes is made outside of the combination. */
  static void unseen(Context c, List<Gate> gates, Throwable error) {
    try {
      Response _ = of(c, gates, Response.of(error instanceof HttpError known ? known.status() : 500));
    } catch (RuntimeException e) {
      error.addSuppressed(e);
    }
  }
}
