package dev.edge4j.cache.shared;

/**
 * The versions of a tag as this process knows them.
 *
 * @param since where {@link TagVersions#sequence} stood when it came to know them
 * @param ours true if that was when an invalidation was made or heard of here, so that what was loading is outdated for sure
 * @param epoch under which they were read from the store
 * @param unsaved what the store does not have yet; until it has, this process goes by its own
 */
record Known(Mark mark, long since, boolean ours, long epoch, Unsaved unsaved) {
  /** Epochs that the store never has: what was read under none is to be read again. */
  static final long UNREAD = -1;

  /** Which of the versions are to be written. */
  enum Unsaved {
    NOTHING, HARD, SOFT, BOTH;

    Unsaved and(boolean soft) {
      return this == NOTHING ? soft ? SOFT : HARD : this == (soft ? SOFT : HARD) ? this : BOTH;
    }

    boolean hard() {
      return this == HARD || this == BOTH;
    }

    boolean soft() {
      return this == SOFT || this == BOTH;
    }
  }

  /** Of a tag that was never met: no version, which is no lie for what the store has none of either. */
  static Known never(long epoch) {
    return new Known(Mark.NEVER, 0, false, epoch, Unsaved.NOTHING);
  }

  boolean isPending() {
    return unsaved != Unsaved.NOTHING;
  }

  /** True if it need not be read again while the store is at this epoch. */
  boolean holdsUnder(long current) {
    return epoch == current || isPending();
  }

  /** True if an invalidation was made or heard of here after that. */
  boolean isOursSince(long sequence) {
    return ours && since > sequence;
  }
}
