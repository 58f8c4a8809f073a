package dev.edge4j.middleware.session;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.CookieKeys;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import dev.edge4j.kv.KvStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Gives each request a {@link Session}, in the cookie {@code __Host-session}: {@code Secure}, {@code HttpOnly}, {@code SameSite=Lax}, until
 * the browser closes. A session ends 12 hours after its beginning, and 30 minutes after the last request that looked at it. A request that
 * asks for no session costs nothing, and a cookie is set only where it is new.
 *
 * <p>In a {@linkplain #cookie cookie} it needs no store, but cannot be taken back: until its end a copy of the cookie is good, after
 * {@link Session#destroy} too. In a {@linkplain #kv store} it can. Browsers send cookies with requests of other sites: put
 * {@link dev.edge4j.middleware.Csrf} in front.
 *
 * <p>A response for which the session was looked at is not to be stored: it gets {@code Cache-Control: no-store} if it has none, and in
 * place of another one where a cookie is set, unless that is {@code private} or {@code no-store} itself.
 *
 * <p>A gate that never waits: a store is asked by the handler, not here. So a session is saved before the response is made, and a store
 * that fails shows there.
 */
public final class Sessions implements Gate {
  private static final String CACHE_CONTROL = "Cache-Control";
  private static final SetCookie COOKIE = SetCookie.of("__Host-session", "");
  private static final Lifetime LIFETIME = new Lifetime(Duration.ofHours(12), Duration.ofMinutes(30));

  /** Makes the keeper for a cookie's name, a lifetime and an application's time. */
  private interface Place {
    Keeper keeper(String name, Lifetime lifetime, InstantSource time);
  }

  private final Place place;
  private final SetCookie pattern;
  private final Lifetime lifetime;
  /** Its own, for there may be another one inside. */
  private final Key<Session> own = Key.named("own-session");

  private Sessions(Place place, SetCookie pattern, Lifetime lifetime) {
    this.place = place;
    this.pattern = pattern;
    this.lifetime = lifetime;
  }

  /** Keeps sessions in the cookie itself, encrypted; some 2900 bytes of JSON. */
  public static Sessions cookie(CookieKeys keys) {
    return new Sessions((name, _, _) -> new CookieKeeper(keys, name), COOKIE, LIFETIME);
  }

  /** Keeps sessions in that store, which all nodes share, and their signed ids in the cookie. */
  public static Sessions kv(KvStore store, CookieKeys keys) {
    var random = new SecureRandom();
    return new Sessions((name, lifetime, time) -> new KvKeeper(store, keys, name, lifetime, time, random), COOKIE,
        LIFETIME);
  }

  /** Ends each session so long after its beginning, whatever its visitor does. */
  public Sessions lifetime(Duration most) {
    Duration idle = most.compareTo(lifetime.idle()) < 0 ? most : lifetime.idle();
    return new Sessions(place, pattern, new Lifetime(most, idle));
  }

  /**
   * Ends a session that nobody looked at for so long, at most its lifetime. A look is written down at a tenth of that, so it may be so much
   * shorter.
   */
  public Sessions idle(Duration idle) {
    return new Sessions(place, pattern, new Lifetime(lifetime.most(), idle));
  }

  /**
   * Uses a cookie of that name and those attributes; its value is of no account. {@link IllegalArgumentException} unless it is
   * {@code HttpOnly}: no script has business with it.
   */
  public Sessions carriedBy(SetCookie cookie) {
    if (!cookie.httpOnly()) {
      throw new IllegalArgumentException("cookie " + cookie.name() + " without HttpOnly (expected: with it)");
    }
    return new Sessions(place, cookie.withValue(""), lifetime);
  }

  @Override
  public Verdict before(Context c) {
    var session = new Session(place.keeper(pattern.name(), lifetime, c.time()), lifetime, c.time(), c.codec(), c.cookie(
        pattern.name()));
    c.set(own, session);
    c.set(Session.KEY, session);
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    Session session = c.require(own);
    if (!session.wasRead()) {
      return response;
    }
    Optional<SetCookie> cookie = session.cookie(pattern);
    Response personal = isPersonal(response.headers(), cookie.isPresent()) ? response
        : response.withHeader(
            CACHE_CONTROL, "no-store");
    return cookie.map(personal::withCookie).orElse(personal);
  }

  /** True if no cache shows it to somebody else; what a handler said itself counts, but not where a cookie is set. */
  private static boolean isPersonal(Headers headers, boolean setsCookie) {
    return headers.contains(CACHE_CONTROL) && (!setsCookie || headers.list(CACHE_CONTROL)
        .stream()
        .map(directive -> directive.toLowerCase(Locale.ROOT))
        .anyMatch(directive -> directive.equals("private") || directive.equals("no-store")));
  }
}
