package dev.edge4j.middleware.experiment;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.CookieKeys;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Knows visitors again by a signed cookie with a random id: {@code app.use(VisitorId.signed(keys))}, then {@code experiment.by(VisitorId::of)}. Nobody can choose an id, and so
 * a variant. The cookie holds too which experiments its visitor has seen, so that each counts once, on whatever node.
 *
 * <p>A response sets the cookie where the id is new, or an experiment was seen for the first time, so this stands in front of a cache. Such a response is {@code private}, for
 * a CDN would give one visitor's id to all. Immutable, safe for use by many threads; never blocks.
 */
public final class VisitorId implements Gate {
  static final Key<Exposures> SEEN = Key.named("visitor-exposures");

  private static final int BYTES = 16;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final CookieKeys keys;
  private final String cookie;
  private final Duration kept;

  private VisitorId(CookieKeys keys, String cookie, Duration kept) {
    this.keys = keys;
    this.cookie = cookie;
    this.kept = kept;
  }

  /** By a cookie {@code visitor}, kept for as long as browsers do, signed by these keys. */
  public static VisitorId signed(CookieKeys keys) {
    return new VisitorId(keys, "visitor", SetCookie.LONGEST);
  }

  /** By a cookie of another name. */
  public VisitorId named(String newCookie) {
    return new VisitorId(keys, SetCookie.of(newCookie, "").name(), kept);
  }

  /** Kept for so long after the last time that it was set, at most 400 days. */
  public VisitorId keptFor(Duration time) {
    return new VisitorId(keys, cookie, SetCookie.of(cookie, "").withMaxAge(time).maxAge().orElseThrow());
  }

  /** The id of who asks; {@link IllegalStateException} where this does not stand in front. */
  public static String of(Context c) {
    return c.require(SEEN).visitor();
  }

  @Override
  public Verdict before(Context c) {
    c.set(SEEN, keys.readSigned(c.headers(), cookie)
        .flatMap(VisitorId::read)
        .orElseGet(() -> Exposures.ofNew(fresh())));
    return Verdict.pass();
  }

  private static Optional<Exposures> read(String value) {
    int space = value.indexOf(' ');
    String id = space < 0 ? value : value.substring(0, space);
    return ID.matcher(id).matches() ? Optional.of(Exposures.of(id, space < 0 ? "" : value.substring(space + 1)))
        : Optional.empty();
  }

  private static String fresh() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public Response after(Context c, Response response) {
    Exposures seen = c.require(SEEN);
    if (!seen.isChanged() || c.isWarmUp()) {
      return response;
    }
    String value = keys.sign(cookie, seen.toString(), kept);
    return response.withPrivateCaching()
        .withCookie(SetCookie.of(cookie, value)
            .withMaxAge(kept)
            .withSecure(c.request()
                .scheme()
                .equals("https")));
  }
}
