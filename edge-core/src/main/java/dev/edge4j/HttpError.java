package dev.edge4j;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.http.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An error that says how to answer it. Unless a group's {@code onError} says else, it becomes problem details (RFC 9457), as JSON
 * or as a page, by what the client accepts. The message goes to the client, so it must hold nothing secret.
 */
public class HttpError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Headers headers;

  public HttpError(int status, String message) {
    this(status, message, Headers.empty());
  }

  /** An error whose answer carries these header fields, {@code Retry-After} say. */
  public HttpError(int status, String message, Headers headers) {
    super(message);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status of an error: " + status + " (expected: 400 to 599)");
    }
    this.status = status;
    this.headers = headers;
  }

  public final int status() {
    return status;
  }

  /** The reason phrase of the status. */
  public final String title() {
    return Status.reason(status);
  }

  /** What the client is told. */
  public final String detail() {
    return String.valueOf(getMessage());
  }

  public final Headers headers() {
    return headers;
  }

  /** The fields that were wrong, where the error is about fields. */
  public List<FieldError> fields() {
    return List.of();
  }

  /** A URI that names this one occurrence, where it can be found again; its own id, which says nothing about the cause. */
  public Optional<String> instance() {
    return Optional.empty();
  }

  /** The members of its problem details (RFC 9457 section 3), in a map of the caller's own: extensions may be added. */
  public final Map<String, Object> problem() {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", title());
    problem.put("status", status);
    problem.put("detail", detail());
    instance().ifPresent(uri -> problem.put("instance", uri));
    if (!fields().isEmpty()) {
      problem.put("errors", fields());
    }
    return problem;
  }

  /** A response with this error's header fields in place of its own of the same names; those of {@code Vary} are added to its. */
  public final Response describe(Response response) {
    Headers.Builder merged = response.headers().toBuilder();
    headers.forEach((name, _) -> {
      if (!name.equalsIgnoreCase("Vary")) {
        merged.remove(name);
      }
    });
    headers.forEach(merged::add);
    return response.withHeaders(merged.build());
  }
}
