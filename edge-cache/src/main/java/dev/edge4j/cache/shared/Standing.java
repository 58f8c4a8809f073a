package dev.edge4j.cache.shared;

/** What invalidations have made of an entry. */
public enum Standing {
  /** None of its tags was invalidated since it was loaded. */
  CURRENT,
  /** One was, softly: the entry is expired, and may stand in when nothing newer can be had. */
  EXPIRED,
  /** One was: the entry is gone. */
  GONE,
  /** A version has to be read from the store first; {@link TagVersions#standing} does, and may wait for it. */
  UNKNOWN;

  /** What two answers make together. */
  public Standing and(Standing other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
