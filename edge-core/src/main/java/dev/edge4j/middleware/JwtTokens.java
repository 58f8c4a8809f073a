package dev.edge4j.middleware;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.security.Key;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Issues the tokens that {@link JwtAuth} takes. Whoever has a token has its rights until its end, so keep ends near: there is no
 * way to take one back.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class JwtTokens {
  static final String ROLES = "roles";

  private final JwtAlgorithm algorithm;
  private final Key key;
  private final Optional<String> issuer;
  private final Optional<String> audience;
  private final InstantSource clock;
  private final Optional<String> keyId;

  private JwtTokens(JwtAlgorithm algorithm, Key key, Optional<String> keyId, Optional<String> issuer,
      Optional<String> audience, InstantSource clock) {
    this.algorithm = algorithm;
    this.key = key;
    this.keyId = keyId;
    this.issuer = issuer;
    this.audience = audience;
    this.clock = clock;
  }

  /** Signs by HS256 with this secret of at least 32 bytes. */
  public static JwtTokens hs256(byte[] secret) {
    return secret(JwtAlgorithm.HS256, secret);
  }

  /** Signs by that algorithm, one of HMAC, with this secret; {@link IllegalArgumentException} for one that is too short. */
  public static JwtTokens secret(JwtAlgorithm algorithm, byte[] secret) {
    return of(algorithm, Jjwt.key(algorithm, secret));
  }

  /** Signs by that algorithm with this key; {@link IllegalArgumentException} for one of another kind. */
  public static JwtTokens privateKey(JwtAlgorithm algorithm, PrivateKey key) {
    algorithm.check(key);
    return of(algorithm, key);
  }

  private static JwtTokens of(JwtAlgorithm algorithm, Key key) {
    return new JwtTokens(algorithm, key, Optional.empty(), Optional.empty(), Optional.empty(), InstantSource.system());
  }

  /** As {@link #hs256(byte[])}, with the UTF-8 bytes of a text. */
  public static JwtTokens hs256(String secret) {
    return hs256(Jjwt.bytes(secret));
  }

  /** Names the key in the header ({@code kid}), as the published set does: who verifies by {@link JwtAuth#keySet} needs it. */
  public JwtTokens keyId(String id) {
    return new JwtTokens(algorithm, key, Optional.of(id), issuer, audience, clock);
  }

  /** Names the issuer ({@code iss}). */
  public JwtTokens issuer(String newIssuer) {
    return new JwtTokens(algorithm, key, keyId, Optional.of(newIssuer), audience, clock);
  }

  /** Names whom the tokens are for ({@code aud}). */
  public JwtTokens audience(String newAudience) {
    return new JwtTokens(algorithm, key, keyId, issuer, Optional.of(newAudience), clock);
  }

  /**
   * Takes the times of issue and of end from there, not from the machine: a test's clock, or {@code c.time()}. {@link JwtAuth} goes
   * by the application's time, so the two must agree.
   */
  public JwtTokens clock(InstantSource newClock) {
    return new JwtTokens(algorithm, key, keyId, issuer, audience, newClock);
  }

  /** A token that proves its bearer to be that subject, in those roles, for so long from now. */
  public String issue(String subject, Collection<String> roles, Duration lifetime) {
    if (subject.isEmpty()) {
      throw new IllegalArgumentException("subject: \"\" (expected: who the token is for)");
    }
    if (!lifetime.isPositive()) {
      throw new IllegalArgumentException("lifetime: " + lifetime + " (expected: more than nothing)");
    }
    Instant now = clock.instant();
    JwtBuilder token = Jwts.builder()
        .json(new Jjwt.Writing())
        .subject(subject)
        .claim(ROLES, new TreeSet<>(roles))
        .issuedAt(Date.from(now))
        .expiration(Date.from(now.plus(lifetime)));
    keyId.ifPresent(id -> token.header().keyId(id).and());
    issuer.ifPresent(token::issuer);
    audience.ifPresent(name -> token.audience().add(name).and());
    return sign(token, key, Jjwt.signature(algorithm)).compact();
  }

  @SuppressWarnings("unchecked") // the key was checked against the algorithm when this was made
  private static <K extends Key> JwtBuilder sign(JwtBuilder token, Key key, SecureDigestAlgorithm<K, ?> algorithm) {
    return token.signWith((K) key, algorithm);
  }
}
