package dev.edge4j.cache.shared;

/**
 * The versions of a tag: one is renewed when the tag is invalidated, the other when it is expired.
 *
 * @param hard what differs from it is gone
 * @param soft what differs from it is expired
 */
public record Mark(long hard, long soft) {
  /** Of a tag that was never invalidated. */
  static final Mark NEVER = new Mark(0, 0);

  Standing standingOf(Mark entry) {
    if (entry.hard != hard) {
      return Standing.GONE;
    }
    return entry.soft == soft ? Standing.CURRENT : Standing.EXPIRED;
  }
}
