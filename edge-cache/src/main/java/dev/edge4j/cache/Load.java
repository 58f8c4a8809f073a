package dev.edge4j.cache;

import java.util.Optional;

/**
 * One load, as an {@link AdaptiveLoader} sees it: the value that it will replace, and the answers that it may give.
 *
 * <pre>{@code
 * products.get(id, (key, load) -> {
 *   Answer answer = origin.fetch(key, load.etag());                  // If-None-Match
 *   return answer.isNotModified() ? load.unchanged() : load.of(answer.product()).withEtag(answer.etag());
 * });
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Load<V> {
  private final Optional<V> previous;
  private final Optional<String> etag;

  Load(Optional<V> previous, Optional<String> etag) {
    this.previous = previous;
    this.etag = etag;
  }

  /** The value that the cache has and that is to be refreshed; empty if it has none. An invalidated value is none. */
  public Optional<V> previous() {
    return previous;
  }

  /** The validator that came with {@link #previous}, if one did. */
  public Optional<String> etag() {
    return etag;
  }

  /** This is the value now. */
  public Loaded<V> of(V value) {
    return new Loaded<>(Loaded.Kind.VALUE, Optional.of(value));
  }

  /** There is no value; remembered for {@code negativeFor}. */
  public Loaded<V> absent() {
    return new Loaded<>(Loaded.Kind.ABSENT, Optional.empty());
  }

  /** {@link #previous} is still right, and as good as newly loaded; throws {@link IllegalStateException} if there is none. */
  public Loaded<V> unchanged() {
    if (previous.isEmpty()) {
      throw new IllegalStateException(
          "unchanged: there is no previous value (expected: only where previous() is present)");
    }
    Loaded<V> same = new Loaded<>(Loaded.Kind.UNCHANGED, previous);
    return etag.map(same::withEtag).orElse(same);
  }
}
