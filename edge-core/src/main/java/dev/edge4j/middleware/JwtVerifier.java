package dev.edge4j.middleware;

import dev.edge4j.TimeSource;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import java.security.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From a token to whom it proves, or to nobody. Takes the algorithms that are named and nothing else, whatever the token's header asks for (RFC 8725
 * sections 3.1 and 3.2); refuses {@code crit} extensions, encrypted and compressed tokens, and tokens without end or subject.
 */
final class JwtVerifier {
  /** What a token has to be like. */
  record Rules(JwtKeys keys, Optional<String> issuer, Optional<String> audience, Duration skew) {}

  /** The clock of the token that is being read: a parser is built with one clock, and may serve several applications. */
  private static final ScopedValue<InstantSource> CLOCK = ScopedValue.newInstance();
  /** Its key: chosen here, so that nothing in a token leads a parser to another. */
  private static final ScopedValue<Key> KEY = ScopedValue.newInstance();

  private static final long REMEMBERED_CHARACTERS = 4_000_000;

  private final Duration skew;
  private final JwtKeys keys;
  private final VerifiedTokens verified = new VerifiedTokens(REMEMBERED_CHARACTERS);
  /** One for each algorithm: none of them takes another. */
  private final Map<JwtAlgorithm, JwtParser> parsers = new EnumMap<>(JwtAlgorithm.class);

  JwtVerifier(Rules rules) {
    this.skew = rules.skew;
    this.keys = rules.keys;
    rules.keys.algorithms().forEach(algorithm -> parsers.put(algorithm, parser(algorithm, rules)));
  }

  private static JwtParser parser(JwtAlgorithm algorithm, Rules rules) {
    JwtParserBuilder builder = Jwts.parser()
        .json(new Jjwt.Reading())
        .sig()
        .clear()
        .add(Jjwt.signature(algorithm))
        .and()
        .zip()
        .clear()
        .and()
        .clock(() -> Date.from(CLOCK.get().instant()))
        .clockSkewSeconds(rules.skew.toSeconds())
        .keyLocator(_ -> KEY.get());
    rules.issuer.ifPresent(builder::requireIssuer);
    rules.audience.ifPresent(builder::requireAudience);
    return builder.build();
  }

  /** True if to verify it takes no longer than a gate may take: it was seen before, is refused by its header, or is signed by a secret. */
  boolean isQuick(String token, TimeSource time) {
    if (remembered(token, time).isPresent()) {
      return true;
    }
    Optional<Map<String, Object>> header = header(token);
    if (header.isEmpty()) {
      return true;
    }
    Optional<JwtKeys.Choice> choice = keys.find(header.get(), time);
    return choice.isPresent() ? choice.get().algorithm().isSymmetric() : !keys.isWorthWaiting(header.get(), time);
  }

  /** True if nobody can say whether that token is good or bad, because no keys are to be had. */
  boolean lacksKeys(String token, TimeSource time) {
    return header(token).filter(header -> keys.areMissing(header, time)).isPresent();
  }

  /** Whom the token proves at that time; empty if it proves nobody, for whatever reason. Does not wait for keys. */
  Optional<Principal> verify(String token, TimeSource time) {
    return holding(remembered(token, time).or(() -> header(token).flatMap(header -> keys.find(header, time))
        .flatMap(choice -> prove(token, choice, time))), time);
  }

  /** As {@link #verify}, but may wait for keys. */
  Optional<Principal> await(String token, TimeSource time) throws InterruptedException {
    Optional<VerifiedTokens.Proof> proof = remembered(token, time);
    Optional<Map<String, Object>> header = proof.isPresent() ? Optional.empty() : header(token);
    if (header.isPresent()) {
      proof = keys.await(header.get(), time).flatMap(choice -> prove(token, choice, time));
    }
    return holding(proof, time);
  }

  private Optional<Principal> holding(Optional<VerifiedTokens.Proof> proof, TimeSource time) {
    return proof.filter(found -> found.holds(time.instant(), skew)).map(VerifiedTokens.Proof::principal);
  }

  /** A proof ends with its key: one that has left the set, or was replaced in it, proves nothing any more. */
  private Optional<VerifiedTokens.Proof> remembered(String token, TimeSource time) {
    return verified.find(token).filter(proof -> proof.key().map(key -> keys.trusts(key, time)).orElse(true));
  }

  /** The header, if the token is sound. {@code crit} names what must be understood, and nothing of that is here (RFC 7515 section 4.1.11). */
  private static Optional<Map<String, Object>> header(String token) {
    return CompactToken.read(token).map(CompactToken::header).filter(header -> !header.containsKey("crit"));
  }

  private Optional<VerifiedTokens.Proof> prove(String token, JwtKeys.Choice choice, TimeSource time) {
    int expected = choice.algorithm().signatureBytes();
    JwtParser parser = parsers.get(choice.algorithm());
    if (parser == null || CompactToken.read(token)
        .filter(read -> expected == 0 || read.signatureBytes() == expected)
        .isEmpty()) {
      return Optional.empty();
    }
    Jws<Claims> jws;
    try {
      jws = ScopedValue.where(CLOCK, time).where(KEY, choice.key()).call(() -> parser.parseSignedClaims(token));
    } catch (JwtException | IllegalArgumentException refused) {
      return Optional.empty();
    }
    Claims claims = jws.getPayload();
    String subject = claims.getSubject();
    Date expires = claims.getExpiration();
    if (expires == null || subject == null || subject.isEmpty()) {
      return Optional.empty();
    }
    var proof = new VerifiedTokens.Proof(new Principal(subject, roles(claims), claims), Optional.ofNullable(claims
        .getNotBefore()).map(Date::toInstant), expires.toInstant(), choice.published());
    verified.remember(token, proof);
    return Optional.of(proof);
  }

  private static Set<String> roles(Claims claims) {
    return claims.get(JwtTokens.ROLES) instanceof List<?> list ? list.stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .collect(Collectors.toUnmodifiableSet()) : Set.of();
  }
}
