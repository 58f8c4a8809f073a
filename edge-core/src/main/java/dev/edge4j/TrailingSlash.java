package dev.edge4j;

/**
 * What becomes of a path that no route matches, but would with a slash more or less at its end. A path that a route matches is never
 * touched.
 */
public enum TrailingSlash {
  /** It is another path: 404. */
  STRICT,
  /** The client is sent to the path that a route matches, with 308, which keeps method and body (RFC 9110 section 15.4.9). */
  REDIRECT,
  /**
   * The route answers, and everything that runs for the request sees the path that the route matches. A mounted application redirects
   * instead, so that the middleware around it sees that path too.
   */
  IGNORE
}
