package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * What a shared cache may store and use (RFC 9111), as pure functions of time, request and response.
 *
 * <p>Freshness is {@code s-maxage}, else {@code max-age}, else {@code Expires}, else the default for the status. What cannot be
 * read counts as stale. A response that depends on a cookie must say so itself ({@code private} or {@code Vary: Cookie}): cookies
 * of the request are not looked at.
 *
 * @param freshFor the freshness of a response with status 200 or 301 that does not state its own; zero: it is not stored
 * @param notFoundFor the same for status 404
 * @param staleFor how long a response that states neither {@code stale-while-revalidate} nor {@code stale-if-error} may be used
 *     past a freshness that is not zero for both, unless a directive forbids stale use
 */
public record CachePolicy(Duration freshFor, Duration notFoundFor, Duration staleFor) {
  /** Stores only what states its own freshness, and uses it stale only where that says so. */
  public static final CachePolicy EXPLICIT = new CachePolicy(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  private static final Set<Integer> STORABLE = Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

  /** What {@code response} may be used for; empty if it may not be stored for other requests. */
  public Optional<Freshness> storable(Instant now, Request request, Response response) {
    CacheControl asked = CacheControl.of(request.headers());
    CacheControl said = CacheControl.of(response.headers());
    boolean shareable = said.has("public") || said.has("s-maxage") || said.has("must-revalidate");
    if (!request.method().equals(Method.GET) || !STORABLE.contains(response.status()) || asked.has("no-store")
        || isForbidden(response, said) || (request.headers().contains("Authorization") && !shareable)) {
      return Optional.empty();
    }
    Duration freshness = stated(now, response, said).orElseGet(() -> byDefault(response.status()));
    var result = new Freshness(initialAge(now, response.headers()), freshness,
        stale("stale-while-revalidate", said, freshness), stale("stale-if-error", said, freshness), shareable);
    return result.remaining().isZero() ? Optional.empty() : Optional.of(result);
  }

  /** What a stored response is good for now. It must have been stored under the request's {@link CacheKey#primary}. */
  public static Decision lookup(Instant now, Request request, StoredResponse stored) {
    CacheControl asked = CacheControl.of(request.headers());
    Optional<Decision.Miss> refusal = refusal(request, asked);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!stored.variant().equals(CacheKey.variant(request, stored.vary()))) {
      return new Decision.Miss(CacheStatus.Forward.VARY_MISS);
    }
    Freshness freshness = stored.freshness();
    if (request.headers().contains("Authorization") && !freshness.shareable()) {
      return new Decision.Miss(CacheStatus.Forward.REQUEST);
    }
    Duration age = stored.age(now);
    Optional<Duration> maxAge = asked.seconds("max-age");
    if (maxAge.isPresent() && age.compareTo(maxAge.get()) > 0) {
      return new Decision.Miss(CacheStatus.Forward.REQUEST);
    }
    Duration past = age.minus(freshness.freshFor());
    if (past.isNegative()) {
      return new Decision.Fresh(age);
    }
    if (maxAge.isEmpty() && past.compareTo(freshness.whileRevalidate()) < 0) {
      return new Decision.StaleWhileRevalidate(age);
    }
    return past.compareTo(freshness.ifError()) < 0 ? new Decision.StaleIfError(age)
        : new Decision.Miss(CacheStatus.Forward.STALE);
  }

  /** Why no stored response at all may answer this request, if so. */
  public static Optional<CacheStatus.Forward> refusal(Request request) {
    return refusal(request, CacheControl.of(request.headers())).map(Decision.Miss::reason);
  }

  private static Optional<Decision.Miss> refusal(Request request, CacheControl asked) {
    if (!request.method().equals(Method.GET) && !request.method().equals(Method.HEAD)) {
      return Optional.of(new Decision.Miss(CacheStatus.Forward.METHOD));
    }
    Headers headers = request.headers();
    boolean pragma = !headers.contains("Cache-Control") && headers.list("Pragma").contains("no-cache");
    return asked.has("no-cache") || asked.has("no-store") || pragma ? Optional.of(new Decision.Miss(
        CacheStatus.Forward.REQUEST)) : Optional.empty();
  }

  /** {@code no-cache} is here because a response that must be validated before each use is of no use without validation. */
  private static boolean isForbidden(Response response, CacheControl said) {
    return said.has("no-store") || said.has("private") || said.has("no-cache") || response.headers()
        .contains("Set-Cookie") || response.headers().list("Vary").contains("*");
  }

  private static Optional<Duration> stated(Instant now, Response response, CacheControl said) {
    return said.seconds("s-maxage")
        .or(() -> said.seconds("max-age"))
        .or(() -> response.headers()
            .all("Expires")
            .stream()
            .map(expires -> until(now, response, expires))
            .min(Comparator.naturalOrder()));
  }

  private static Duration until(Instant now, Response response, String expires) {
    Instant made = response.header("Date").flatMap(CachePolicy::instant).orElse(now);
    Duration lifetime = instant(expires).map(end -> Duration.between(made, end)).orElse(Duration.ZERO);
    return lifetime.isNegative() ? Duration.ZERO : lifetime;
  }

  private Duration byDefault(int status) {
    return switch (status) {
      case 200, 301 -> freshFor;
      case 404 -> notFoundFor;
      default -> Duration.ZERO;
    };
  }

  /**
   * {@code s-maxage} implies {@code proxy-revalidate}; an explicit permission on the same response is taken for more than that, as
   * delivery networks do, but not for more than an explicit {@code must-revalidate} or {@code proxy-revalidate}.
   */
  private Duration stale(String permission, CacheControl said, Duration freshness) {
    if (said.has("must-revalidate") || said.has("proxy-revalidate")) {
      return Duration.ZERO;
    }
    boolean silent = !said.has("stale-while-revalidate") && !said.has("stale-if-error") && !said.has("s-maxage")
        && freshness.isPositive();
    return said.seconds(permission).orElse(silent ? staleFor : Duration.ZERO);
  }

  /** RFC 9111 section 4.2.3, with a response delay of zero. */
  private static Duration initialAge(Instant now, Headers headers) {
    Duration told = headers.first("Age").flatMap(CacheControl::deltaSeconds).orElse(Duration.ZERO);
    Duration apparent = headers.first("Date")
        .flatMap(CachePolicy::instant)
        .map(date -> Duration.between(date, now))
        .orElse(Duration.ZERO);
    return apparent.compareTo(told) > 0 ? apparent : told;
  }

  private static Optional<Instant> instant(String httpDate) {
    try {
      return Optional.of(ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }
}
