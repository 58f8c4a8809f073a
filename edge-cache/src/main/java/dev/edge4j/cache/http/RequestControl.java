package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import java.util.OptionalLong;

/**
 * What a request asks of a cache, as far as the policy obeys. Times in milliseconds; -1 for what is not asked.
 *
 * @param noCache validate first
 * @param noStore keep out
 * @param onlyIfCached from the cache or not at all
 * @param maxAge the highest age
 * @param maxStale how stale it may be
 * @param minFresh how fresh it has to be
 * @param staleIfError how stale it may be if the origin fails
 */
record RequestControl(boolean noCache, boolean noStore, boolean onlyIfCached, long maxAge, long maxStale, long minFresh,
    long staleIfError) {
  /** Most requests ask for nothing. */
  static final RequestControl NOTHING = new RequestControl(false, false, false, -1, -1, -1, -1);

  static RequestControl of(Headers headers, CachePolicy policy) {
    boolean controlled = headers.contains("Cache-Control");
    if (!controlled && !headers.contains("Pragma")) {
      return NOTHING;
    }
    CacheControl asked = controlled ? CacheControl.of(headers) : CacheControl.NONE;
    boolean pragma = !controlled && headers.list("Pragma").contains("no-cache");
    return new RequestControl(policy.obeys(RequestDirective.NO_CACHE) && (pragma || asked.has("no-cache")), policy
        .obeys(RequestDirective.NO_STORE) && asked.has("no-store"), policy.obeys(RequestDirective.ONLY_IF_CACHED)
            && asked.has("only-if-cached"), millis(asked, "max-age", policy.obeys(RequestDirective.MAX_AGE)), maxStale(
                asked, policy), millis(asked, "min-fresh", policy.obeys(RequestDirective.MIN_FRESH)), millis(asked,
                    "stale-if-error", policy.obeys(RequestDirective.STALE_IF_ERROR)));
  }

  /** Without a value any staleness is good enough (RFC 9111 section 5.2.1.2). */
  private static long maxStale(CacheControl asked, CachePolicy policy) {
    boolean any = asked.value("max-stale").filter(String::isEmpty).isPresent();
    return any && policy.obeys(RequestDirective.MAX_STALE) ? Long.MAX_VALUE
        : millis(asked, "max-stale", policy.obeys(RequestDirective.MAX_STALE));
  }

  private static long millis(CacheControl asked, String directive, boolean obeyed) {
    OptionalLong seconds = obeyed ? asked.seconds(directive) : OptionalLong.empty();
    return seconds.isPresent() ? seconds.getAsLong() * 1000 : -1;
  }
}
