package dev.edge4j.examples.shop.accounts;

import dev.edge4j.Context;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import dev.edge4j.middleware.JwtAuth;
import dev.edge4j.middleware.JwtTokens;
import dev.edge4j.middleware.Principal;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sessions as signed tokens, in a cookie for browsers and as bearer for programs. A token names the account, and the generation of its logins, which ends when
 * the account logs out everywhere. Safe for use by many threads.
 */
public final class Sessions {
  /** The cookie's name. */
  public static final String COOKIE = "session";

  /** How long a token is good for. */
  public static final Duration LIFETIME = Duration.ofHours(2);

  /** The role of who may change what is sold. */
  public static final String KEEPER = "keeper";

  private static final String CUSTOMER = "customer";
  private static final String ISSUER = "edge4j-shop";

  /** Account and generation; a token of the time before generations has none. */
  private static final Pattern SUBJECT = Pattern.compile("([0-9]{1,18})(?:[.]([0-9]{1,18}))?");

  private final JwtTokens tokens;
  private final JwtAuth gate;
  private final Namespace<Logins> logins;

  /** Signs with that secret, of at least 32 bytes. */
  public Sessions(String secret, DurableObjects objects) {
    this.tokens = JwtTokens.hs256(secret).issuer(ISSUER);
    this.gate = JwtAuth.hs256(secret).issuer(ISSUER).cookie(COOKIE).optional();
    this.logins = objects.namespace("logins", Logins.class, LoginsObject::new);
  }

  /** Finds out who sent a request, and lets anonymous ones pass. */
  public JwtAuth gate() {
    return gate;
  }

  /** A token of the account's present generation. */
  public String token(Account account) {
    long generation = logins.get(name(account.id())).generation();
    List<String> roles = account.keeper() ? List.of(CUSTOMER, KEEPER) : List.of(CUSTOMER);
    return tokens.issue(account.id() + "." + generation, roles, LIFETIME);
  }

  /** A copy of the response that logs a browser in, as another visitor than before: what somebody planted in it earlier is of no use to him. */
  public Response login(Context c, Response response, Account account) {
    VisitorCookie.renew(c);
    return response.withCookie(SetCookie.of(COOKIE, token(account))
        .withMaxAge(LIFETIME)
        .withSecure(c.request().scheme().equals("https")));
  }

  /** A copy of the response that logs a browser out. */
  public Response logout(Context c, Response response) {
    VisitorCookie.renew(c);
    return response.withCookie(SetCookie.delete(COOKIE));
  }

  /** Ends all sessions of the account that sent the request, wherever they are; nothing happens for a request without one. */
  public void logoutEverywhere(Context c) {
    accountId(c).ifPresent(id -> logins.get(name(id)).endAll());
  }

  /**
   * The account that the request's token proves, if its generation has not ended; {@link ObjectException} if nobody can tell.
   */
  Optional<Long> accountId(Context c) {
    return subject(c).filter(Session::isOfNow).map(Session::accountId);
  }

  /** The same by the token alone, for what a page can show when nobody can tell, and for gates, as this does not wait. */
  public Optional<Long> accountIdOfToken(Context c) {
    return subject(c).map(Session::accountId);
  }

  /** True if the token proves the account to be one that may change what is sold; {@link ObjectException} if nobody can tell. */
  public boolean isKeeper(Context c) {
    return c.get(Principal.KEY).filter(principal -> principal.hasRole(KEEPER)).isPresent()
        && accountId(c).isPresent();
  }

  /** What a token says. */
  private record Session(long accountId, long generation, Namespace<Logins> logins) {
    boolean isOfNow() {
      return logins.get(name(accountId)).generation() == generation;
    }
  }

  /** Our own tokens alone pass the gate. */
  private Optional<Session> subject(Context c) {
    return c.get(Principal.KEY)
        .map(principal -> SUBJECT.matcher(principal.subject()))
        .filter(Matcher::matches)
        .map(parts -> new Session(Long.parseLong(parts.group(1)), Optional.ofNullable(parts.group(2))
            .map(Long::parseLong)
            .orElse(0L), logins));
  }

  private static String name(long accountId) {
    return "user:" + accountId;
  }
}
