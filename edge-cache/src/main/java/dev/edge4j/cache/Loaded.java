package dev.edge4j.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What an {@link AdaptiveLoader} brought and how it is to be kept; begun by a {@link Load}. Immutable. */
public final class Loaded<V> {
  enum Kind {
    VALUE, ABSENT, UNCHANGED
  }

  private final Kind kind;
  private final Optional<V> value;
  private final Optional<Duration> freshFor;
  private final List<String> tags;
  private final Optional<String> etag;
  private final boolean stored;

  Loaded(Kind kind, Optional<V> value) {
    this(kind, value, Optional.empty(), List.of(), Optional.empty(), true);
  }

  private Loaded(Kind kind, Optional<V> value, Optional<Duration> freshFor, List<String> tags, Optional<String> etag,
      boolean stored) {
    this.kind = kind;
    this.value = value;
    this.freshFor = freshFor;
    this.tags = tags;
    this.etag = etag;
    this.stored = stored;
  }

  /**
   * Fresh for this long, whatever the cache says; of an absent value, how long that is remembered. Must be positive; what is
   * over {@link CacheBuilder#MAX_LIFETIME}, staleness included, is cut to that.
   */
  public Loaded<V> withFreshFor(Duration duration) {
    EntryOptions.positive("freshFor", duration);
    return new Loaded<>(kind, value, Optional.of(duration), tags, etag, stored);
  }

  /** Has these tags too, besides those that the cache finds in the value. Also what is absent may have tags. */
  public Loaded<V> withTags(Collection<String> more) {
    return new Loaded<>(kind, value, freshFor, List.copyOf(more), etag, stored);
  }

  /** Has this validator, which the next load of the key is told. */
  public Loaded<V> withEtag(String validator) {
    return new Loaded<>(kind, value, freshFor, tags, Optional.of(validator), stored);
  }

  /** Is for those alone who wait for it now; what the cache has for the key is forgotten. */
  public Loaded<V> notStored() {
    return new Loaded<>(kind, value, freshFor, tags, etag, false);
  }

  Kind kind() {
    return kind;
  }

  Optional<V> value() {
    return value;
  }

  Optional<Duration> freshFor() {
    return freshFor;
  }

  List<String> tags() {
    return tags;
  }

  Optional<String> etag() {
    return etag;
  }

  boolean isStored() {
    return stored;
  }
}
