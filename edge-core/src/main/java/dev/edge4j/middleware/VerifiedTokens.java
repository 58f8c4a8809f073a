package dev.edge4j.middleware;

import dev.edge4j.middleware.jwks.PublishedKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tokens whose signature was found good: a visitor sends the same one with every request, and a signature costs more than all
 * other gates together (RSA and elliptic curves more than a gate's whole budget). Times are still checked at each use.
 *
 * <p>Two generations of at most so many characters each: when the young one is full it becomes the old one, and what nobody has
 * asked for since is gone. Safe for use by many threads; nobody waits.
 */
final class VerifiedTokens {
  /** What a token proves, and from when until when, its clock's slack not counted; with the key, where keys come and go. */
  record Proof(Principal principal, Optional<Instant> notBefore, Instant expires, Optional<PublishedKey> key) {
    Proof(Principal principal, Optional<Instant> notBefore, Instant expires) {
      this(principal, notBefore, expires, Optional.empty());
    }

    boolean holds(Instant now, Duration skew) {
      return now.minus(skew).isBefore(expires) && notBefore.map(start -> !now.plus(skew).isBefore(start)).orElse(true);
    }
  }

  private static final class Generation {
    private final Map<String, Proof> proofs = new ConcurrentHashMap<>();
    private final AtomicLong characters = new AtomicLong();
  }

  private final long charactersPerGeneration;
  private volatile Generation young = new Generation();
  private volatile Generation old = new Generation();

  VerifiedTokens(long charactersPerGeneration) {
    this.charactersPerGeneration = charactersPerGeneration;
  }

  Optional<Proof> find(String token) {
    Proof proof = young.proofs.get(token);
    if (proof == null) {
      proof = old.proofs.get(token);
      if (proof != null) {
        remember(token, proof);
      }
    }
    return Optional.ofNullable(proof);
  }

  void remember(String token, Proof proof) {
    Generation current = young;
    if (current.proofs.put(token, proof) == null
        && current.characters.addAndGet(token.length()) > charactersPerGeneration) {
      turn(current);
    }
  }

  private synchronized void turn(Generation full) {
    if (young == full) {
      old = full;
      young = new Generation();
    }
  }

  /** Forgets them all, for instance because the keys changed. */
  synchronized void clear() {
    old = new Generation();
    young = new Generation();
  }

  /** How many are kept now. */
  int size() {
    return young.proofs.size() + old.proofs.size();
  }
}
