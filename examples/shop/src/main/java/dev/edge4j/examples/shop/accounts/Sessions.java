package dev.edge4j.examples.shop.accounts;

import dev.edge4j.Context;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import dev.edge4j.middleware.JwtAuth;
import dev.edge4j.middleware.JwtTokens;
import dev.edge4j.middleware.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sessions as signed tokens, in a cookie for browsers and as bearer for programs. Nothing is kept on this side. */
public final class Sessions {
  /** The cookie's name. */
  public static final String COOKIE = "session";

  /** How long a token is good for. */
  public static final Duration LIFETIME = Duration.ofHours(2);

  private static final String ISSUER = "edge4j-shop";

  private final JwtTokens tokens;
  private final JwtAuth gate;

  /** Signs with that secret, of at least 32 bytes. */
  public Sessions(String secret) {
    this.tokens = JwtTokens.hs256(secret).issuer(ISSUER);
    this.gate = JwtAuth.hs256(secret).issuer(ISSUER).cookie(COOKIE).optional();
  }

  /** Finds out who sent a request, and lets anonymous ones pass. */
  public JwtAuth gate() {
    return gate;
  }

  public String token(Account account) {
    return tokens.issue(String.valueOf(account.id()), List.of("customer"), LIFETIME);
  }

  /** A copy of the response that logs a browser in. */
  public Response login(Context c, Response response, Account account) {
    return response.withCookie(SetCookie.of(COOKIE, token(account))
        .withMaxAge(LIFETIME)
        .withSecure(c.request().scheme().equals("https")));
  }

  /** A copy of the response that logs a browser out. */
  public Response logout(Response response) {
    return response.withCookie(SetCookie.delete(COOKIE));
  }

  /**
   * The account that the request's token proves. Our own tokens alone pass the gate, and their subjects are numbers.
   */
  static Optional<Long> accountId(Context c) {
    return c.get(Principal.KEY).map(principal -> Long.valueOf(principal.subject()));
  }
}
