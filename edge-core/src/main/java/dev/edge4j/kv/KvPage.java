package dev.edge4j.kv;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Some of the keys of a store, in the order of their UTF-8 bytes.
 *
 * @param items may be empty though more come
 * @param cursor opaque text with which {@link VersionedKv#page} goes on; empty if this was the last page
 */
public record KvPage(List<Item> items, Optional<String> cursor) {
  /**
   * A key and what is known of its value.
   *
   * @param expiresAt from when on it is absent, if it expires
   * @param metadata the JSON text that was stored with it, if any
   */
  public record Item(String key, Optional<Instant> expiresAt, Optional<String> metadata) {}

  public KvPage {
    items = List.copyOf(items);
  }

  /**
   * A page as a store makes it that looked for one item more than was asked for: if that is there, another page comes.
   *
   * @param found at most {@code limit + 1} items in order
   */
  public static KvPage of(List<Item> found, int limit) {
    return found.size() <= limit ? new KvPage(found, Optional.empty())
        : new KvPage(found.subList(0, limit), Optional.of(KvCursor.behind(found.get(limit - 1).key())));
  }

  /** True if no more pages come. An empty page does not say so, this does. */
  public boolean complete() {
    return cursor.isEmpty();
  }
}
