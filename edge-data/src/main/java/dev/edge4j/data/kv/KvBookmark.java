package dev.edge4j.data.kv;

import dev.edge4j.kv.KvArguments;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a visitor has written lately, so that a node with copies knows which of them are too old for him. Immutable; its text form is
 * for a cookie, at most {@value #MAX_LENGTH} characters, holds no keys (hashes of them), and should be signed: who forges one can make
 * his own reads go to the store.
 *
 * <p>It keeps a mark for each key written: the version that a copy must have, or that nothing but the store will do (after a delete, or
 * a write whose outcome is unknown). A mark is needed only for as long as a copy from before the write may be about: for a read that
 * may be {@code atMost} old, that long after the write, and {@link #SKEW} more for clocks that differ. Past {@value #MAX_MARKS} marks
 * the oldest is forgotten, and until its time is over all keys are read from the store.
 */
public final class KvBookmark {
  /** Of a visitor who has written nothing lately. */
  public static final KvBookmark NONE = new KvBookmark(Map.of(), Long.MIN_VALUE);

  /** The longest text form. */
  public static final int MAX_LENGTH = 1_024;

  /** How far the clocks of two nodes may differ. */
  public static final Duration SKEW = Duration.ofSeconds(10);

  /** The oldest copy that a visitor with a bookmark is given, whatever his read allows: marks older than this are forgotten. */
  public static final Duration OLDEST_COPY = Duration.ofHours(1);

  /** Each takes at most 11 + 13 + 9 characters and two points: 24 stay below {@link #MAX_LENGTH}. */
  static final int MAX_MARKS = 24;

  private static final long FRESH = 0;
  private static final Pattern MARK = Pattern.compile("([A-Za-z0-9_-]{11})\\.([0-9a-z]{1,13})\\.([0-9a-z]{1,9})");
  private static final Pattern SINCE = Pattern.compile("all\\.([0-9a-z]{1,9})");

  /** What a copy must be for this visitor. */
  sealed interface Need {
    /** Any copy that is young enough. */
    record Any() implements Need {}

    /** One of this version or a later one. */
    record AtLeast(long version) implements Need {}

    /** None: the store is to be read. */
    record Fresh() implements Need {}
  }

  /** @param at when the write ended, in milliseconds */
  private record Mark(long version, long at) {}

  private final Map<Long, Mark> marks;
  /** When the last write ended whose mark was dropped for want of room. */
  private final long dropped;

  private KvBookmark(Map<Long, Mark> marks, long dropped) {
    this.marks = Map.copyOf(marks);
    this.dropped = dropped;
  }

  /** After a write that gave a key a version, which has ended by {@code now}. */
  KvBookmark wrote(String key, long version, Instant now) {
    return with(hash(key), KvArguments.version(version), now.toEpochMilli());
  }

  /** After a write that may have happened or not, or a delete. */
  KvBookmark unsure(String key, Instant now) {
    return with(hash(key), FRESH, now.toEpochMilli());
  }

  /** After a read that gave a version of a key that he had written: time must not go back behind that. */
  KvBookmark saw(String key, long version, Instant now) {
    Mark mark = marks.get(hash(key));
    return mark == null || mark.version == FRESH || mark.version >= version ? this
        : with(hash(key), version, now.toEpochMilli());
  }

  /** What a copy of a key must be that is at most that old. */
  Need need(String key, Duration atMost, Instant now) {
    if (isNeeded(dropped, atMost, now)) {
      return new Need.Fresh();
    }
    Mark mark = marks.get(hash(key));
    if (mark == null || !isNeeded(mark.at, atMost, now)) {
      return new Need.Any();
    }
    return mark.version == FRESH ? new Need.Fresh() : new Need.AtLeast(mark.version);
  }

  /** The form for a cookie: letters, digits, points, hyphens and underscores, and tildes between marks. */
  public String text() {
    var text = new StringBuilder(dropped == Long.MIN_VALUE ? "" : "all." + Long.toString(dropped, 36));
    new TreeMap<>(marks).forEach((hash, mark) -> text.append(text.isEmpty() ? "" : "~")
        .append(Base64.getUrlEncoder().withoutPadding().encodeToString(ByteBuffer.allocate(8).putLong(hash).array()))
        .append('.')
        .append(Long.toString(mark.version, 36))
        .append('.')
        .append(Long.toString(mark.at, 36)));
    return text.toString();
  }

  /** Reads {@link #text}; empty if it is not one. */
  public static Optional<KvBookmark> parse(String text) {
    if (text.isEmpty()) {
      return Optional.of(NONE);
    }
    var marks = new TreeMap<Long, Mark>();
    long dropped = Long.MIN_VALUE;
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    for (String part : text.split("~", -1)) {
      Matcher since = SINCE.matcher(part);
      Matcher mark = MARK.matcher(part);
      try {
        if (since.matches()) {
          dropped = Long.parseLong(since.group(1), 36);
        } else if (mark.matches()) {
          long hash = ByteBuffer.wrap(Base64.getUrlDecoder().decode(mark.group(1))).getLong();
          marks.put(hash, new Mark(Long.parseLong(mark.group(2), 36), Long.parseLong(mark.group(3), 36)));
        } else {
          return Optional.empty();
        }
      } catch (IllegalArgumentException _) { // a number too large, bits behind the last byte
        return Optional.empty();
      }
    }
    return marks.size() > MAX_MARKS ? Optional.empty() : Optional.of(new KvBookmark(marks, dropped));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KvBookmark that && marks.equals(that.marks) && dropped == that.dropped;
  }

  @Override
  public int hashCode() {
    return marks.hashCode();
  }

  @Override
  public String toString() {
    return "KvBookmark[" + text() + "]";
  }

  private KvBookmark with(long hash, long version, long at) {
    var kept = new TreeMap<>(marks);
    kept.values().removeIf(mark -> !isNeeded(mark.at, OLDEST_COPY, Instant.ofEpochMilli(at)));
    kept.merge(hash, new Mark(version, at), KvBookmark::stricter);
    long lost = isNeeded(dropped, OLDEST_COPY, Instant.ofEpochMilli(at)) ? dropped : Long.MIN_VALUE;
    while (kept.size() > MAX_MARKS) {
      Map.Entry<Long, Mark> oldest = kept.entrySet()
          .stream()
          .min(Comparator.comparingLong(entry -> entry.getValue().at))
          .orElseThrow();
      lost = Math.max(lost, oldest.getValue().at); // before it goes: a removal may move another entry into this one
      kept.remove(oldest.getKey());
    }
    return new KvBookmark(kept, lost);
  }

  /** Of two writes of a key: the later version; a write that succeeded ends the doubt before it, a doubt outdoes what was known. */
  private static Mark stricter(Mark old, Mark fresh) {
    long version = fresh.version == FRESH ? FRESH : Math.max(old.version, fresh.version);
    return new Mark(version, Math.max(old.at, fresh.at));
  }

  /** Whether a copy that is at most so old may be from before a time. */
  private static boolean isNeeded(long at, Duration atMost, Instant now) {
    return at != Long.MIN_VALUE && now.toEpochMilli() - at <= atMost.plus(SKEW).toMillis();
  }

  /** The first eight bytes of a SHA-256. Two keys with one hash share a mark: their copies are too old more often, never less. */
  private static long hash(String key) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(KvArguments.key(key))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
