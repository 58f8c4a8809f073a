package dev.edge4j.cache.http;

/**
 * What is done with a response that sets a cookie. RFC 9111 section 7.3 leaves it to the cache; most frameworks set a session's cookie
 * without a thought of {@code Cache-Control}, and whoever shares such a response shares a session. In each case a field that the response
 * takes out itself, with {@code private="Set-Cookie"} or {@code no-cache="Set-Cookie"}, is not stored, and the rest may be.
 */
public enum CookieRule {
  /** It is never stored. The default. */
  NEVER,
  /** It is stored if it says {@code public} or {@code s-maxage}. */
  IF_MARKED_SHARED,
  /** {@code Set-Cookie} is a field like any other, as RFC 9111 has it: for a proxy in front of origins that know that. */
  LIKE_ANY_FIELD
}
