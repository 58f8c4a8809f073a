package dev.edge4j.state;

import dev.edge4j.state.limit.Limits;
import java.util.Optional;

/**
 * Which keys of an object are asked for, in the order of their UTF-8 bytes. Immutable.
 *
 * @param prefix what they all start with; empty for any
 * @param from the first key that counts, or nothing
 * @param after the last key that does not count any more, as the last of the page before; or nothing
 * @param to the first key that does not count any more, or nothing
 * @param reverse from the last to the first; {@code after} is then what the keys come before
 * @param limit how many at most
 */
public record KeyRange(String prefix, Optional<String> from, Optional<String> after, Optional<String> to,
    boolean reverse, int limit) {
  private static final KeyRange ALL = new KeyRange("", Optional.empty(), Optional.empty(), Optional.empty(), false,
      Integer.MAX_VALUE);

  /** Throws {@link IllegalArgumentException} for a limit below 1 and for bounds that are not well-formed text. */
  public KeyRange {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: at least 1)");
    }
    if (!prefix.isEmpty()) {
      Limits.checkName("prefix", prefix);
    }
    from.ifPresent(key -> Limits.checkName("from", key));
    after.ifPresent(key -> Limits.checkName("after", key));
    to.ifPresent(key -> Limits.checkName("to", key));
  }

  /** All keys. */
  public static KeyRange all() {
    return ALL;
  }

  /** The keys that start so; all keys for an empty prefix. */
  public static KeyRange prefix(String prefix) {
    return new KeyRange(prefix, Optional.empty(), Optional.empty(), Optional.empty(), false, Integer.MAX_VALUE);
  }

  /** From this key on, itself included. */
  public KeyRange from(String key) {
    return new KeyRange(prefix, Optional.of(key), after, to, reverse, limit);
  }

  /** What comes behind this key in the order of the reading: greater keys, or lesser ones in {@link #reversed()}. */
  public KeyRange after(String key) {
    return new KeyRange(prefix, from, Optional.of(key), to, reverse, limit);
  }

  /** Up to this key, itself not included. */
  public KeyRange to(String key) {
    return new KeyRange(prefix, from, after, Optional.of(key), reverse, limit);
  }

  /** At most so many. */
  public KeyRange limit(int most) {
    return new KeyRange(prefix, from, after, to, reverse, most);
  }

  /** From the last to the first. */
  public KeyRange reversed() {
    return new KeyRange(prefix, from, after, to, true, limit);
  }

  /** Whether a key lies in it; the limit does not count. */
  public boolean contains(String key) {
    return key.startsWith(prefix)
        && from.map(bound -> Limits.UTF8_ORDER.compare(key, bound) >= 0).orElse(true)
        && to.map(bound -> Limits.UTF8_ORDER.compare(key, bound) < 0).orElse(true)
        && after.map(bound -> reverse == Limits.UTF8_ORDER.compare(key, bound) < 0 && !key.equals(bound)).orElse(true);
  }
}
