package dev.edge4j.middleware;

import dev.edge4j.Key;

/**
 * Which trace a request belongs to, for logs. {@code Traces} sets it, and whoever brings another tracer may; it needs no library.
 *
 * @param trace the id of the trace: 32 lower-case hexadecimal digits (W3C Trace Context, section 3.2.2.3)
 * @param span the id of the request's own span in it: 16 of them
 */
public record TraceId(String trace, String span) {
  /** Where the ids of a request stand, if it has some. */
  public static final Key<TraceId> KEY = Key.named("trace-id");
}
