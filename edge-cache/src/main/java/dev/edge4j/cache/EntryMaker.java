package dev.edge4j.cache;

import dev.edge4j.cache.shared.Stamp;
import dev.edge4j.cache.shared.TagVersions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Makes entries of what was loaded or given: times by the options, a stamp by the tags. */
final class EntryMaker<V> {
  /**
   * An entry as it was made.
   *
   * @param overtaken true if it may have been invalidated since its load began; then it is not to be stored, and has no stamp of its tags
   */
  record Made<V>(Entry<V> entry, boolean overtaken, Set<String> tags) {
    Made<V> map(UnaryOperator<Entry<V>> change) {
      return new Made<>(change.apply(entry), overtaken, tags);
    }
  }

  private final TagVersions versions;
  private final Function<? super V, ? extends Collection<String>> tagsOf;
  private final InstantSource clock;
  private final DoubleSupplier random;

  EntryMaker(TagVersions versions, Function<? super V, ? extends Collection<String>> tagsOf, InstantSource clock,
      DoubleSupplier random) {
    this.versions = versions;
    this.tagsOf = tagsOf;
    this.clock = clock;
    this.random = random;
  }

  /** To be asked before the load. */
  TagVersions.Before before() {
    return versions.before();
  }

  Made<V> make(Loaded<V> loaded, TagVersions.Before before, long took, EntryOptions options) {
    long now = clock.millis();
    Times times = loaded.kind() == Loaded.Kind.ABSENT
        ? Times.absent(now, capped(loaded.freshFor().orElse(options.negativeFor()), Duration.ZERO), took)
        : Times.loaded(now, capped(loaded.freshFor().orElse(options.freshFor()), options.staleLifetime()), options,
            took,
            random);
    versions.expectLife(Duration.ofMillis(times.goneAt() - now));
    Set<String> tags = new LinkedHashSet<>(loaded.tags());
    loaded.value().ifPresent(value -> tags.addAll(tagsOf.apply(value)));
    Optional<Stamp> stamp = versions.mark(before, tags);
    return new Made<>(Entry.of(loaded.value(), loaded.etag(), times, stamp.orElse(Stamp.FIRST), options), stamp
        .isEmpty(), tags);
  }

  /** Versions of tags are not kept for longer, so an entry must not be either. */
  private static Duration capped(Duration freshFor, Duration stale) {
    Duration most = CacheBuilder.MAX_LIFETIME.minus(stale);
    return freshFor.compareTo(most) <= 0 ? freshFor : most;
  }
}
