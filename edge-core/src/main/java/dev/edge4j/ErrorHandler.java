package dev.edge4j;

import dev.edge4j.http.Response;

/** Renders what a chain of its group threw. It may throw itself: the parent group renders that. */
@FunctionalInterface
public interface ErrorHandler {
  Response handle(Context c, Exception error) throws Exception;
}
