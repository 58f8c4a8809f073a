package dev.edge4j.jobs;

import dev.edge4j.HttpError;
import dev.edge4j.http.Headers;

/** A job that was not taken. Thrown through a handler it is the right answer: 413, 422 or 503. */
public final class JobRefused extends HttpError {
  private static final long serialVersionUID = 1L;

  private JobRefused(int status, String message, Headers headers) {
    super(status, message, headers);
  }

  /** The key was used for another input or webhook: 422, as draft-ietf-httpapi-idempotency-key-header-07 has it. */
  public static JobRefused keyReused() {
    return new JobRefused(422, "the idempotency key was used for another job (expected: a new key for a new job)",
        Headers.empty());
  }

  /** Too many jobs of that kind wait or run: 503. */
  public static JobRefused full(String kind, long capacity) {
    return new JobRefused(503, "queue of " + kind + " is full: " + capacity + " jobs wait", Headers.of("Retry-After",
        "10"));
  }

  /** The input is too large: 413. */
  public static JobRefused tooLarge(String kind, int bytes, int limit) {
    return new JobRefused(413, "input of a " + kind + " job: " + bytes + " bytes of JSON (expected: at most " + limit
        + ")", Headers.empty());
  }
}
