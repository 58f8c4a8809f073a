package dev.edge4j.cache.shared;

/**
 * What this process takes for true at one time: replaced whenever a version changes, so that who has compared with one need not
 * compare again while it stands.
 */
final class View {
  /** So long ago that it is not trusted; far enough from the ends that a difference does not overflow. */
  static final long NEVER_READ = Long.MIN_VALUE / 2;
  /** Of what needs no reading. */
  static final long ALWAYS = Long.MAX_VALUE / 2;

  /** Of no store and of no {@link Known}: under it, everything is to be read. */
  static final long NO_EPOCH = -2;

  private final Known whole;
  private final long epoch;
  private volatile long readAt;

  View(Known whole, long epoch, long readAt) {
    this.whole = whole;
    this.epoch = epoch;
    this.readAt = readAt;
  }

  /** The versions of the whole cache. */
  Known whole() {
    return whole;
  }

  /** The epoch of the store. */
  long epoch() {
    return epoch;
  }

  /** When the store was last asked for it, in milliseconds since 1970. */
  long readAt() {
    return readAt;
  }

  /** Whether that was less than {@code millis} ago; a clock that was set back does not make it younger. */
  boolean isYounger(long millis, long now) {
    long age = now - readAt;
    return age < millis && (age >= 0 || readAt == ALWAYS);
  }

  /** It still stood at that time. */
  void readAgain(long at) {
    readAt = at;
  }
}
