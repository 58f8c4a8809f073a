package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.HttpError;
import dev.edge4j.Next;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import dev.edge4j.middleware.jwks.KeySet;
import java.security.Key;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Proves who sent a request by a JSON Web Token, signed by an algorithm that is named here, from {@code Authorization: Bearer} or, if asked
 * for, from a cookie. On success {@link Principal#KEY} is set: {@code sub} is the subject, {@code roles} (a list of texts) the roles.
 *
 * <p>Without a token, or with one that proves nobody, the answer is 401. With {@link #optional()} a request without a token passes as
 * anonymous; so does one whose <em>cookie</em> proves nobody, because a browser sends an old cookie unasked and its visitor must still get
 * a page. A bearer token is always meant, so a bad one is 401 even then. Where both came, the bearer token counts.
 *
 * <p>A token must have an end ({@code exp}) and a subject; whether it is over, the {@linkplain Context#time application's time} says.
 * Browsers send cookies with requests of other sites: put {@link Csrf} before a {@link #cookie}.
 *
 * <p>Needs {@code io.jsonwebtoken:jjwt-api} and {@code jjwt-impl} 0.13. Source: RFC 7519, RFC 6750 section 3, RFC 8725.
 */
public final class JwtAuth implements Gate {
  private static final Duration DEFAULT_SKEW = Duration.ofSeconds(30);
  private static final Duration MAX_SKEW = Duration.ofMinutes(10);

  private static final Duration RETRY = Duration.ofSeconds(30);

  private final JwtVerifier.Rules rules;
  private final Optional<String> cookie;
  private final boolean optional;
  private final JwtVerifier verifier;

  private JwtAuth(JwtVerifier.Rules rules, Optional<String> cookie, boolean optional) {
    this.rules = rules;
    this.cookie = cookie;
    this.optional = optional;
    this.verifier = new JwtVerifier(rules);
  }

  /** Takes tokens signed with HS256 and this secret of at least 32 bytes. */
  public static JwtAuth hs256(byte[] secret) {
    return secret(JwtAlgorithm.HS256, secret);
  }

  /** Takes tokens signed by that algorithm, one of HMAC, with this secret; {@link IllegalArgumentException} for one that is too short. */
  public static JwtAuth secret(JwtAlgorithm algorithm, byte[] secret) {
    return of(algorithm, Jjwt.key(algorithm, secret));
  }

  /**
   * Takes tokens signed by that algorithm with the private half of this key; {@link IllegalArgumentException} for a key of another kind. A token that
   * was not seen before is verified on a virtual thread, for that takes longer than a gate may.
   */
  public static JwtAuth publicKey(JwtAlgorithm algorithm, PublicKey key) {
    algorithm.check(key);
    return of(algorithm, key);
  }

  private static JwtAuth of(JwtAlgorithm algorithm, Key key) {
    return of(new JwtKeys.Fixed(algorithm, key));
  }

  private static JwtAuth of(JwtKeys keys) {
    return new JwtAuth(new JwtVerifier.Rules(keys, Optional.empty(), Optional.empty(), DEFAULT_SKEW), Optional.empty(),
        false);
  }

  /**
   * Takes tokens signed by a key of that set, which they name ({@code kid}), with one of these algorithms: the one that the key is for, if
   * the set says so. Name the {@link #issuer} and the {@link #audience} too, for an issuer signs tokens for others as well. A token that
   * was not seen before is verified on a virtual thread, and may wait there for the set; while none is to be had the answer is 503.
   * {@link IllegalArgumentException} for no algorithm, and for one of HMAC.
   */
  public static JwtAuth keySet(KeySet keys, JwtAlgorithm... algorithms) {
    if (algorithms.length == 0 || Arrays.stream(algorithms).anyMatch(JwtAlgorithm::isSymmetric)) {
      throw new IllegalArgumentException("algorithms: " + Arrays.toString(algorithms)
          + " (expected: one at least, and none of HMAC, whose keys nobody publishes)");
    }
    return of(new JwtKeys.Published(keys, Set.of(algorithms)));
  }

  /** As {@link #hs256(byte[])}, with the UTF-8 bytes of a text. */
  public static JwtAuth hs256(String secret) {
    return hs256(Jjwt.bytes(secret));
  }

  /** Takes a token from that cookie too. */
  public JwtAuth cookie(String name) {
    return new JwtAuth(rules, Optional.of(SetCookie.of(name, "").name()), optional);
  }

  /** Lets requests without a token pass as anonymous; see the class description. */
  public JwtAuth optional() {
    return new JwtAuth(rules, cookie, true);
  }

  /** Takes only tokens of that issuer ({@code iss}). */
  public JwtAuth issuer(String issuer) {
    return with(new JwtVerifier.Rules(rules.keys(), Optional.of(issuer), rules.audience(), rules
        .skew()));
  }

  /** Takes only tokens made for that audience ({@code aud}). */
  public JwtAuth audience(String audience) {
    return with(new JwtVerifier.Rules(rules.keys(), rules.issuer(), Optional.of(audience), rules
        .skew()));
  }

  /** Allows for clocks that differ by so much, in whole seconds; 30 seconds unless told otherwise. */
  public JwtAuth skew(Duration skew) {
    if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
      throw new IllegalArgumentException("skew: " + skew + " (expected: 0 to 10 minutes)");
    }
    return with(new JwtVerifier.Rules(rules.keys(), rules.issuer(), rules.audience(), skew));
  }

  private JwtAuth with(JwtVerifier.Rules changed) {
    return new JwtAuth(changed, cookie, optional);
  }

  /**
   * A token that came with a request.
   *
   * @param elseAnonymous whether a request with a bad one passes
   */
  private record Offered(String token, boolean elseAnonymous) {}

  @Override
  public Verdict before(Context c) {
    List<String> bearers = bearers(c);
    Optional<Offered> offered = offered(c, bearers);
    if (offered.isEmpty()) {
      return bearers.size() > 1 ? invalid(c) : optional ? Verdict.pass() : refused(c, "a token is required", "Bearer");
    }
    return verifier.isQuick(offered.get().token, c.time())
        ? decide(c, offered.get(), verifier.verify(offered.get().token, c.time()))
        : Verdict.offload();
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    Optional<Offered> offered = offered(c, bearers(c));
    Verdict verdict = offered.isPresent()
        ? decide(c, offered.get(), verifier.await(offered.get().token, c.time()))
        : before(c);
    return verdict instanceof Verdict.Answer(Response refused) ? refused : next.proceed();
  }

  /** The scheme compares without case (RFC 9110 section 11.1). */
  private static List<String> bearers(Context c) {
    return c.headers()
        .all("Authorization")
        .stream()
        .filter(line -> line.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length()))
        .toList();
  }

  private Optional<Offered> offered(Context c, List<String> bearers) {
    return switch (bearers.size()) {
      case 0 -> cookie.flatMap(c::cookie).map(value -> new Offered(value, optional));
      case 1 -> Optional.of(new Offered(bearers.getFirst().substring("Bearer ".length()).strip(), false));
      default -> Optional.empty();
    };
  }

  private Verdict decide(Context c, Offered offered, Optional<Principal> principal) {
    principal.ifPresent(proved -> c.set(Principal.KEY, proved));
    if (principal.isPresent() || offered.elseAnonymous) {
      return Verdict.pass();
    }
    return verifier.lacksKeys(offered.token, c.time())
        ? Verdict.answer(c.problem(new ServiceUnavailable("tokens cannot be verified now", RETRY)))
        : invalid(c);
  }

  /** One text for every reason: which check failed is no business of whoever tries. */
  private static Verdict invalid(Context c) {
    return refused(c, "the token is not valid", "Bearer error=\"invalid_token\"");
  }

  private static Verdict refused(Context c, String message, String challenge) {
    return Verdict.answer(c.problem(new HttpError(401, message, Headers.of("WWW-Authenticate", challenge))));
  }
}
