package dev.edge4j.kv;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A store of keys and values that numbers its writes: the surface of the Workers KV (metadata, bulk calls, pages, reads that may
 * be old), and what is missed there (compare and set, versions, touch, watch). Safe for use by many threads; calls may block, unless
 * {@link #isLocal}.
 *
 * <p><b>Versions.</b> Each write of a key, a {@link #touch} included, gives the key a version that is greater than every version the
 * key ever had, also over deletes and expiries; two reads that give the same version of a key give the same entry. Versions are
 * positive, may skip numbers, and those of different keys say nothing about each other. They live as long as the store's data: a
 * store that loses its data (memory, a file that was deleted, a server that was flushed) goes on above the old versions as long as
 * its clock was not turned back.
 *
 * <p><b>Reads and writes.</b> Reads that do not say otherwise see every write that had returned before they began. Writes of one key
 * have one order. What has expired is absent everywhere: in reads, lists, pages and for compare and set. A call with an argument out
 * of its limits throws {@link IllegalArgumentException} and changes nothing. A write that throws anything else may have happened or
 * not, or may happen yet; read to find out.
 *
 * <p>Who implements this checks arguments with {@link KvArguments}, makes cursors with {@link KvCursor}, can tell watchers with
 * {@link KvWatchers}, and runs {@code VersionedKvContract} of edge-data.
 */
public interface VersionedKv extends KvStore {
  /** The largest metadata, in bytes of UTF-8. */
  int MAX_METADATA_BYTES = 1_024;

  /** The most keys of one bulk call. */
  int MAX_BULK = 100;

  /** The most items of one page. */
  int MAX_PAGE = 1_000;

  /** The value and what is known of it, as the store has it now. */
  Optional<KvEntry> entry(String key);

  /**
   * The value as it was at some time not longer ago than {@code atMost} before this call: the cacheTtl of the Workers KV, for stores
   * that keep copies near. Zero is {@link #entry(String)}; a store without copies always reads afresh.
   *
   * @param atMost not negative
   */
  default Optional<KvEntry> entry(String key, Duration atMost) {
    KvArguments.atMost(atMost);
    return entry(key);
  }

  /**
   * The entries that there are of some keys, in the order of the keys. Each is as the store has it now; together they need not be
   * of one moment.
   *
   * @param keys at most {@link #MAX_BULK}
   */
  Map<String, KvEntry> entries(Collection<String> keys);

  /** The entries of some keys, each no older than {@code atMost}: see {@link #entry(String, Duration)}. */
  default Map<String, KvEntry> entries(Collection<String> keys, Duration atMost) {
    KvArguments.atMost(atMost);
    return entries(keys);
  }

  /**
   * Stores a value, whatever was there; the old metadata and expiry are gone.
   *
   * @return the version it got
   */
  long put(String key, byte[] value, KvOptions options);

  /**
   * Stores several values under the same options. All or none of them, if {@link #putsAllOrNone}; else a failure may leave some
   * stored, and each of them whole.
   *
   * @param values at most {@link #MAX_BULK}
   * @return the versions they got
   */
  Map<String, Long> putAll(Map<String, byte[]> values, KvOptions options);

  /** True if a {@link #putAll} has either happened whole or not at all, whatever fails: this process, the store, the wire. */
  default boolean putsAllOrNone() {
    return true;
  }

  /**
   * Stores a value only if the key is still at a version: compare and set. Of several callers that expect the same version, one at
   * the most succeeds.
   *
   * @param expectedVersion as an entry of the key told, or 0 for a key that must be absent
   * @return the version it got; empty, and nothing has changed, if the key was at another version or absent
   */
  OptionalLong putIf(String key, long expectedVersion, byte[] value, KvOptions options);

  /**
   * Removes a value only if the key is still at a version, which must be positive.
   *
   * @return true if this call removed it
   */
  boolean deleteIf(String key, long version);

  /**
   * Sets when a value expires, counted from now, and leaves the value and its metadata.
   *
   * @param ttl positive
   * @return the version it got; empty if there is no value
   */
  OptionalLong touch(String key, Duration ttl);

  /**
   * The next items whose keys begin with a prefix, in the order of their UTF-8 bytes. Going through all pages gives every key once
   * that is there all the time; what comes or goes meanwhile may be shown or not.
   *
   * @param prefix the same as for the page that gave the cursor; empty for all keys
   * @param cursor of the page before, or empty for the first page
   * @param limit 1 to {@link #MAX_PAGE}; a page may have fewer items, or none, and still not be the last
   */
  KvPage page(String prefix, String cursor, int limit);

  /**
   * Tells a listener, from when this returns on, which keys that begin with a prefix are written and deleted, by whatever process,
   * until the subscription is closed. A change is told after it can be read. Changes are hints: they say what to read again, may come
   * late, more than once, or be lost, but where some may have been lost {@link KvChange.Kind#MISSED} is told. Expiries need not be
   * told: the entry says when.
   *
   * <p>Listeners are called one change after the other, on a thread of the store, must not block for long, and what they throw is
   * logged. {@link #close} ends the subscriptions.
   */
  Subscription watch(String prefix, Consumer<KvChange> listener);

  @Override
  default Optional<byte[]> get(String key) {
    return entry(key).map(KvEntry::value);
  }

  @Override
  default void put(String key, byte[] value) {
    put(key, value, KvOptions.none());
  }

  @Override
  default void put(String key, byte[] value, Duration ttl) {
    put(key, value, KvOptions.expiringAfter(ttl));
  }

  @Override
  default boolean putIfAbsent(String key, byte[] value, Duration ttl) {
    return putIf(key, 0, value, KvOptions.expiringAfter(ttl)).isPresent();
  }

  /** What {@link #watch} began. */
  interface Subscription extends AutoCloseable {
    /** Ends it; a call of the listener that runs already is not waited for. */
    @Override
    void close();
  }
}
