package dev.edge4j.cache.shared;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** Versions of tags, of the whole cache, and the epoch, in the store. May wait for it. */
final class VersionStore {
  /** A version must outlive every entry that was loaded before it. */
  private static final Duration KEPT = TagVersions.MAX_LIFETIME.plusDays(1);
  private static final String HARD = "t";
  private static final String SOFT = "s";
  private static final String EPOCH = "tags";

  private final QuietKv kv;

  VersionStore(QuietKv kv) {
    this.kv = kv;
  }

  /** The epoch; 0 if there was no renewal yet, empty if the store does not answer. */
  Optional<Long> epoch() {
    return version(EPOCH);
  }

  /** The versions of a tag; empty if the store does not answer. */
  Optional<Mark> mark(String tag) {
    String key = key(tag);
    return version(HARD + key).flatMap(hard -> version(SOFT + key).map(soft -> new Mark(hard, soft)));
  }

  /**
   * Runs {@link #write} for a tag by {@code flush}, or leaves it to be done when the store answers; in any case once for all
   * renewals that wait. True if it was done by now.
   */
  boolean submit(String tag, Outbox.Work flush) {
    return kv.submit(HARD + key(tag), flush);
  }

  /** Writes new versions in the place of those that are not saved, and gives the versions as they are then; throws if it fails. */
  Mark write(String tag, Known pending) {
    String key = key(tag);
    newEpoch(); // who reads a new version after this does not take it for one from before
    long hard = pending.unsaved().hard() ? write(HARD + key) : pending.mark().hard();
    long soft = pending.unsaved().soft() ? write(SOFT + key) : pending.mark().soft();
    newEpoch(); // who reads this reads the versions again
    return new Mark(hard, soft);
  }

  /** Throws if the store does not take it. */
  void newEpoch() {
    long _ = write(EPOCH);
  }

  private long write(String key) {
    long version = KnownTags.random();
    kv.write(key, ByteBuffer.allocate(Long.BYTES).putLong(version).array(), KEPT);
    return version;
  }

  private Optional<Long> version(String key) {
    return kv.read(key).flatMap(found -> found.isEmpty() ? Optional.of(0L) : number(found.get()));
  }

  private static Optional<Long> number(byte[] bytes) {
    return bytes.length == Long.BYTES ? Optional.of(ByteBuffer.wrap(bytes).getLong()) : Optional.empty();
  }

  private static String key(String tag) {
    return tag.equals(KnownTags.WHOLE) ? "" : KeyText.of(tag);
  }
}
