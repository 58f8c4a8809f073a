package dev.edge4j.middleware;

import dev.edge4j.TimeSource;
import dev.edge4j.middleware.jwks.KeySet;
import dev.edge4j.middleware.jwks.PublishedKey;
import java.security.Key;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a token may be signed with, by its header. */
sealed interface JwtKeys {
  /** A key and the one algorithm that it is used with. */
  record Choice(JwtAlgorithm algorithm, Key key, Optional<PublishedKey> published) {}

  /** The algorithms that any token may name. */
  Set<JwtAlgorithm> algorithms();

  /** The key for a token of that header, without waiting. */
  Optional<Choice> find(Map<String, Object> header, TimeSource time);

  /** True if {@link #await} might find more. */
  boolean isWorthWaiting(Map<String, Object> header, TimeSource time);

  /** The key for a token of that header. May wait. */
  Optional<Choice> await(Map<String, Object> header, TimeSource time) throws InterruptedException;

  /** True if a key that proved something before still does. */
  boolean trusts(PublishedKey key, TimeSource time);

  /** True while no token of that header can be judged. */
  boolean areMissing(Map<String, Object> header, TimeSource time);

  /** One key, given at start. */
  record Fixed(JwtAlgorithm algorithm, Key key) implements JwtKeys {
    @Override
    public Set<JwtAlgorithm> algorithms() {
      return Set.of(algorithm);
    }

    @Override
    public Optional<Choice> find(Map<String, Object> header, TimeSource time) {
      return algorithm.id().equals(header.get("alg")) ? Optional.of(new Choice(algorithm, key, Optional.empty()))
          : Optional.empty();
    }

    @Override
    public boolean isWorthWaiting(Map<String, Object> header, TimeSource time) {
      return false;
    }

    @Override
    public Optional<Choice> await(Map<String, Object> header, TimeSource time) {
      return find(header, time);
    }

    @Override
    public boolean trusts(PublishedKey other, TimeSource time) {
      return false;
    }

    @Override
    public boolean areMissing(Map<String, Object> header, TimeSource time) {
      return false;
    }
  }

  /** Those of an issuer. A token names its key; the algorithm must be one of ours, one that fits the key, and the key's own if it says so. */
  record Published(KeySet set, Set<JwtAlgorithm> algorithms) implements JwtKeys {
    @Override
    public Optional<Choice> find(Map<String, Object> header, TimeSource time) {
      return named(header).flatMap(id -> set.find(id, time)).flatMap(key -> choice(header, key));
    }

    @Override
    public boolean isWorthWaiting(Map<String, Object> header, TimeSource time) {
      return named(header).filter(id -> set.isWorthWaiting(id, time)).isPresent();
    }

    @Override
    public Optional<Choice> await(Map<String, Object> header, TimeSource time) throws InterruptedException {
      Optional<String> id = named(header);
      return id.isPresent() ? set.await(id.get(), time).flatMap(key -> choice(header, key)) : Optional.empty();
    }

    @Override
    public boolean trusts(PublishedKey key, TimeSource time) {
      return set.find(key.id(), time).filter(key::equals).isPresent();
    }

    @Override
    public boolean areMissing(Map<String, Object> header, TimeSource time) {
      return named(header).isPresent() && !set.isUsable(time);
    }

    /** The id of the key; none for a token whose algorithm is not taken, so that no set is fetched for it. */
    private Optional<String> named(Map<String, Object> header) {
      return algorithm(header).isPresent() && header.get("kid") instanceof String id ? Optional.of(id)
          : Optional.empty();
    }

    private Optional<JwtAlgorithm> algorithm(Map<String, Object> header) {
      return algorithms.stream().filter(each -> each.id().equals(header.get("alg"))).findFirst();
    }

    private Optional<Choice> choice(Map<String, Object> header, PublishedKey key) {
      return algorithm(header).filter(each -> each.fits(key.key()) && isFor(key, each))
          .map(each -> new Choice(each, key.key(), Optional.of(key)));
    }

    private static boolean isFor(PublishedKey key, JwtAlgorithm algorithm) {
      return key.algorithm().isEmpty() || key.algorithm().get().equals(algorithm.id());
    }
  }
}
