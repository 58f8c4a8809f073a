package dev.edge4j.cache.response;

import dev.edge4j.cache.http.CacheRules;
import dev.edge4j.cache.http.CacheStatus;
import dev.edge4j.cache.http.Decision.Use;
import dev.edge4j.cache.http.StoredResponse;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A stored response, and the answer it gives this second: head encoded once, body wrapped once. Safe for use by many threads. */
final class Ready {
  private static final String[] CONDITIONS = {"If-None-Match", "If-Modified-Since", "Range", "If-Match",
      "If-Unmodified-Since"};
  private static final CacheStatus HIT = CacheStatus.hit(Duration.ZERO).withDetail("memory");

  private final StoredResponse stored;
  /** Two threads may both make one, and what they make is equal. */
  private @Nullable Told told;

  private record Told(long second, Use use, Response response) {}

  Ready(StoredResponse stored) {
    this.stored = stored;
  }

  StoredResponse stored() {
    return stored;
  }

  /** The answer to a hit in memory. */
  Response answer(CacheRules rules, Instant now, Request request, Use use) {
    if (!isPlain(request)) {
      return rules.answer(now, request, stored, use, HIT);
    }
    long second = stored.age(now).toSeconds();
    Told made = told;
    if (made == null || made.second != second || made.use != use) {
      made = new Told(second, use, rules.answer(now, request, stored, use, HIT));
      told = made;
    }
    return made.response;
  }

  /** True for a GET without conditions and ranges: all of them get the same. */
  private static boolean isPlain(Request request) {
    return request.method().equals(Method.GET) && !request.headers().containsAny(CONDITIONS);
  }
}
