package dev.edge4j;

import dev.edge4j.http.Response;

/** The rest of a chain; proceeds once. */
@FunctionalInterface
public interface Next {
  /** Runs what follows and returns its response; throws what it throws, and {@link IllegalStateException} at a second call. */
  Response proceed() throws Exception;
}
