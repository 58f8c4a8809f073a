package dev.edge4j.cache.http;

import java.util.Set;

/**
 * What an unsafe request that succeeded makes invalid.
 *
 * @param targets primary keys, as {@link CacheKey#primary} gives them (RFC 9111 section 4.4)
 * @param groups cache groups of {@code origin} (RFC 9875 section 3)
 * @param origin scheme and host, as {@link CacheKey#origin} gives them; groups of other origins are others
 */
public record Invalidation(Set<String> targets, Set<String> groups, String origin) {
  static final Invalidation NOTHING = new Invalidation(Set.of(), Set.of(), "");

  /** Copies the sets. */
  public Invalidation {
    targets = Set.copyOf(targets);
    groups = Set.copyOf(groups);
  }

  /** True if there is nothing to do. */
  public boolean isEmpty() {
    return targets.isEmpty() && groups.isEmpty();
  }
}
