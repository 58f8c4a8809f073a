package dev.edge4j.middleware.jwks;

/** Where a key set is published. */
@FunctionalInterface
public interface KeySetSource {
  /**
   * The JSON of the set (RFC 7517 section 5), fetched over a connection that is authenticated, TLS to a host that is named in
   * configuration, and read no further than {@link KeySet#MAX_BYTES}. Called on a virtual thread, one call at a time, and may wait; one
   * that waits too long is interrupted and its set not used.
   */
  byte[] fetch() throws Exception;
}
