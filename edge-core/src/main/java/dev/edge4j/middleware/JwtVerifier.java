package dev.edge4j.middleware;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import java.security.Key;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;

/**
 * From a token to whom it proves, or to nobody. Takes one algorithm and nothing else, whatever the token's header asks for (RFC 8725
 * sections 3.1 and 3.2); refuses {@code crit} extensions, encrypted and compressed tokens, and tokens without end or subject.
 */
final class JwtVerifier {
  /** What a token has to be like. */
  record Rules(JwtAlgorithm algorithm, Key key, Optional<String> issuer, Optional<String> audience, Duration skew) {}

  /** The clock of the token that is being read: a parser is built with one clock, and may serve several applications. */
  private static final ScopedValue<InstantSource> CLOCK = ScopedValue.newInstance();

  private static final long REMEMBERED_CHARACTERS = 4_000_000;

  private final Duration skew;
  private final JwtAlgorithm algorithm;
  private final VerifiedTokens verified = new VerifiedTokens(REMEMBERED_CHARACTERS);
  private final JwtParser parser;

  JwtVerifier(Rules rules) {
    this.skew = rules.skew;
    this.algorithm = rules.algorithm;
    JwtParserBuilder builder = Jwts.parser()
        .json(new Jjwt.Reading())
        .sig()
        .clear()
        .add(Jjwt.signature(rules.algorithm))
        .and()
        .zip()
        .clear()
        .and()
        .clock(() -> Date.from(CLOCK.get().instant()))
        .clockSkewSeconds(rules.skew.toSeconds());
    if (rules.key instanceof SecretKey secret) {
      builder.verifyWith(secret);
    } else {
      builder.verifyWith((PublicKey) rules.key);
    }
    rules.issuer.ifPresent(builder::requireIssuer);
    rules.audience.ifPresent(builder::requireAudience);
    this.parser = builder.build();
  }

  /** True if to verify it takes no longer than a gate may take. */
  boolean isQuick(String token) {
    return algorithm.isSymmetric() || verified.find(token).isPresent();
  }

  /** Whom the token proves at that time; empty if it proves nobody, for whatever reason. */
  Optional<Principal> verify(String token, InstantSource clock) {
    Optional<VerifiedTokens.Proof> proof = verified.find(token);
    if (proof.isEmpty()) {
      proof = prove(token, clock);
      proof.ifPresent(found -> verified.remember(token, found));
    }
    return proof.filter(found -> found.holds(clock.instant(), skew)).map(VerifiedTokens.Proof::principal);
  }

  private Optional<VerifiedTokens.Proof> prove(String token, InstantSource clock) {
    if (CompactToken.read(token).filter(this::isSound).isEmpty()) {
      return Optional.empty();
    }
    Jws<Claims> jws;
    try {
      jws = ScopedValue.where(CLOCK, clock).call(() -> parser.parseSignedClaims(token));
    } catch (JwtException | IllegalArgumentException refused) {
      return Optional.empty();
    }
    Claims claims = jws.getPayload();
    String subject = claims.getSubject();
    Date expires = claims.getExpiration();
    if (expires == null || subject == null || subject.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new VerifiedTokens.Proof(new Principal(subject, roles(claims), claims),
        Optional.ofNullable(claims.getNotBefore()).map(Date::toInstant), expires.toInstant()));
  }

  /** {@code crit} names what must be understood, and nothing of that is here (RFC 7515 section 4.1.11). */
  private boolean isSound(CompactToken token) {
    int expected = algorithm.signatureBytes();
    return !token.header().containsKey("crit") && (expected == 0 || token.signatureBytes() == expected);
  }

  private static Set<String> roles(Claims claims) {
    return claims.get(JwtTokens.ROLES) instanceof List<?> list ? list.stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .collect(Collectors.toUnmodifiableSet()) : Set.of();
  }
}
