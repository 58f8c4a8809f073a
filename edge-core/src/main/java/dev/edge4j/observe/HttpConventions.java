package dev.edge4j.observe;

import dev.edge4j.Context;
import dev.edge4j.HttpError;
import dev.edge4j.http.Response;
import java.util.Optional;
import java.util.Set;

/**
 * How requests are described to those who count and trace them: names and values that take few forms, whatever clients send.
 *
 * <p>Source: OpenTelemetry Semantic Conventions 1.40, HTTP (stable).
 */
public final class HttpConventions {
  /** What a method that is not well known is called. */
  public static final String OTHER = "_OTHER";

  private static final Set<String> KNOWN = Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT",
      "TRACE");

  private HttpConventions() {}

  /** {@code http.request.method}: one of RFC 9110's or {@code PATCH}, else {@link #OTHER}; a client may send any token as a method. */
  public static String method(Context c) {
    String name = c.method().name();
    return KNOWN.contains(name) ? name : OTHER;
  }

  /**
   * {@code error.type}: of an answer of 500 and more, the class of what was thrown, or the status if that says as much. Empty for any other
   * answer: a 4xx is the client's error.
   */
  public static Optional<String> errorType(Context c, Response response) {
    if (response.status() < 500) {
      return Optional.empty();
    }
    return Optional.of(c.failure()
        .filter(failure -> !(failure instanceof HttpError))
        .map(failure -> failure.getClass().getName())
        .orElseGet(() -> String.valueOf(response.status())));
  }
}
