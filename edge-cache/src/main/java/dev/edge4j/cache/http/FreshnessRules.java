package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import dev.edge4j.http.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** How long one response is fresh, and how long it may be used stale (RFC 9111 section 4.2, RFC 5861). */
final class FreshnessRules {
  /** RFC 9110 section 15.1. */
  private static final Set<Integer> HEURISTIC = Set.of(200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501);

  private final Lifetimes lifetimes;
  private final CacheControl said;
  private final boolean targeted;
  private final int status;
  private final Headers headers;

  FreshnessRules(Lifetimes lifetimes, ResponseControl control, int status, Headers headers) {
    this.lifetimes = lifetimes;
    this.said = control.directives();
    this.targeted = control.targeted();
    this.status = status;
    this.headers = headers;
  }

  /** True if the response says itself how long it is fresh. */
  boolean isExplicit() {
    return said.has("s-maxage") || said.has("max-age") || hasExpires();
  }

  Freshness at(Instant requestTime, Instant responseTime) {
    boolean ageKnown = Ages.told(headers).isPresent();
    Duration freshFor = ageKnown ? lifetime(responseTime) : Duration.ZERO;
    boolean validated = said.isUnqualified("no-cache");
    boolean refused = said.has("must-revalidate") || said.has("proxy-revalidate") || validated;
    // s-maxage implies proxy-revalidate (section 5.2.2.10): a request cannot overrule that, the response itself can.
    boolean strict = refused || said.has("s-maxage");
    boolean barred = refused || !ageKnown; // by how much it is past its freshness nobody knows
    boolean silent = !said.has("stale-while-revalidate") && !said.has("stale-if-error") && !said.has("s-maxage")
        && freshFor.isPositive();
    return new Freshness(responseTime, Ages.initial(requestTime, responseTime, headers), freshFor, barred
        ? Duration.ZERO
        : stale("stale-while-revalidate", silent ? lifetimes.whileRevalidate() : Duration.ZERO), barred
            ? Duration.ZERO
            : stale("stale-if-error", silent ? lifetimes.ifError() : Duration.ZERO), keep(), validated,
        strict, said.has("public") || said.has("s-maxage") || said.has("must-revalidate"));
  }

  private Duration stale(String permission, Duration otherwise) {
    OptionalLong seconds = said.seconds(permission);
    return seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : otherwise;
  }

  /** Kept for validation is what says anything about caching at all, and can be validated. */
  private Duration keep() {
    boolean validator = headers.contains("ETag") || headers.contains("Last-Modified");
    boolean caching = !said.isEmpty() || hasExpires() || lifetimes.byStatus().containsKey(status);
    return validator && caching ? lifetimes.keep() : Duration.ZERO;
  }

  private boolean hasExpires() {
    return !targeted && headers.contains("Expires");
  }

  private Duration lifetime(Instant responseTime) {
    OptionalLong seconds = said.has("s-maxage") ? said.seconds("s-maxage") : said.seconds("max-age");
    if (seconds.isPresent()) {
      return Duration.ofSeconds(seconds.getAsLong());
    }
    if (hasExpires()) {
      return expires(responseTime);
    }
    Duration granted = lifetimes.byStatus().getOrDefault(status, Duration.ZERO);
    return granted.isPositive() ? granted : heuristic(responseTime);
  }

  /** What is no date, and two of them, is a time in the past (section 5.3). */
  private Duration expires(Instant responseTime) {
    List<String> lines = headers.all("Expires");
    Optional<Instant> end = lines.size() > 1 ? Optional.empty() : date(lines.getFirst().strip(), responseTime);
    Instant made = Ages.date(headers, responseTime).orElse(HttpDate.toSeconds(responseTime));
    return end.map(time -> positive(Duration.between(made, time))).orElse(Duration.ZERO);
  }

  /** Section 4.2.2: a part of the time since the last change. */
  private Duration heuristic(Instant responseTime) {
    boolean may = lifetimes.heuristicFraction() > 0 && (HEURISTIC.contains(status) || said.has("public"));
    if (!may) {
      return Duration.ZERO;
    }
    Instant made = Ages.date(headers, responseTime).orElse(HttpDate.toSeconds(responseTime));
    Duration age = headers.first("Last-Modified")
        .flatMap(text -> date(text, responseTime))
        .map(modified -> positive(Duration.between(modified, made)))
        .orElse(Duration.ZERO);
    Duration part = Duration.ofSeconds((long) (age.toSeconds() * lifetimes.heuristicFraction()));
    return part.compareTo(lifetimes.heuristicMost()) < 0 ? part : lifetimes.heuristicMost();
  }

  private static Optional<Instant> date(String text, Instant now) {
    return HttpDates.parse(text, now);
  }

  private static Duration positive(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }
}
