package dev.edge4j.kv;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import dev.edge4j.json.TypeRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The keys of a store that begin with a prefix, read and written as text, JSON, bytes and streams: {@code KvNamespace.of(kv, "user:")}.
 * Immutable; safe for use by many threads. Keys here are without the prefix, but for those of {@link KvEntry#key}.
 */
public final class KvNamespace {
  /** More than ever lose in a row among writers that take turns; then something else is wrong. */
  private static final int UPDATES = 1_000;

  private final VersionedKv kv;
  private final String prefix;
  private final JsonCodec codec;
  private final Duration atMost;

  private KvNamespace(VersionedKv kv, String prefix, JsonCodec codec, Duration atMost) {
    KvArguments.prefix(prefix);
    this.kv = kv;
    this.prefix = prefix;
    this.codec = codec;
    this.atMost = KvArguments.atMost(atMost);
  }

  /** The keys with a prefix, read afresh, with JSON by Jackson. */
  public static KvNamespace of(VersionedKv kv, String prefix) {
    return new KvNamespace(kv, prefix, JsonCodec.jackson(), Duration.ZERO);
  }

  /** The same, with another codec. */
  public KvNamespace withCodec(JsonCodec other) {
    return new KvNamespace(kv, prefix, other, atMost);
  }

  /** The same, with reads that may be that old: see {@link VersionedKv#entry(String, Duration)}. */
  public KvNamespace readAtMost(Duration old) {
    return new KvNamespace(kv, prefix, codec, old);
  }

  /** The value with its version, metadata and expiry. */
  public Optional<KvEntry> entry(String key) {
    return kv.entry(prefix + key, atMost);
  }

  /** The value as bytes. */
  public Optional<byte[]> bytes(String key) {
    return entry(key).map(KvEntry::value);
  }

  /** The value as text, read as UTF-8. */
  public Optional<String> text(String key) {
    return entry(key).map(KvEntry::text);
  }

  /** The value read as JSON; throws {@link JsonException} naming what is wrong. */
  public <T> Optional<T> json(String key, Class<T> type) {
    return entry(key).map(entry -> entry.json(codec, type));
  }

  /** The value read as JSON of a generic type; throws {@link JsonException} naming what is wrong. */
  public <T> Optional<T> json(String key, TypeRef<T> type) {
    return entry(key).map(entry -> entry.json(codec, type));
  }

  /** The value as a stream over bytes in memory. */
  public Optional<InputStream> stream(String key) {
    return entry(key).map(KvEntry::stream);
  }

  /** Stores bytes; the version they got. */
  public long putBytes(String key, byte[] value, KvOptions options) {
    return kv.put(prefix + key, value, options);
  }

  /** Stores text as UTF-8; the version it got. */
  public long putText(String key, String value, KvOptions options) {
    return putBytes(key, value.getBytes(StandardCharsets.UTF_8), options);
  }

  /** Stores a value as JSON; the version it got. */
  public long putJson(String key, Object value, KvOptions options) {
    return putBytes(key, codec.write(value), options);
  }

  /**
   * Stores what is left of a stream; the version it got. Reads at most {@link KvStore#MAX_VALUE_BYTES} and throws
   * {@link IllegalArgumentException} if there is more; leaves the stream open.
   */
  public long putStream(String key, InputStream value, KvOptions options) throws IOException {
    return putBytes(key, value.readNBytes(KvStore.MAX_VALUE_BYTES + 1), options);
  }

  /**
   * Replaces a value by what {@code change} makes of it, by compare and set: no update is lost, and {@code change} may be called more
   * than once, so it should have no effect of its own. Reads afresh.
   *
   * @return what was stored
   */
  public <T> T update(String key, Class<T> type, KvOptions options, Function<Optional<T>, T> change) {
    for (int i = 0; i < UPDATES; i++) {
      Optional<KvEntry> now = kv.entry(prefix + key);
      T next = change.apply(now.map(entry -> entry.json(codec, type)));
      OptionalLong version = kv.putIf(prefix + key, now.map(KvEntry::version).orElse(0L), codec.write(next), options);
      if (version.isPresent()) {
        return next;
      }
    }
    throw new IllegalStateException("key " + prefix + key + " was written by others " + UPDATES
        + " times during an update (expected: fewer writers of one key)");
  }

  /** Removes a value; no error if there is none. */
  public void delete(String key) {
    kv.delete(prefix + key);
  }

  /** The next items of the namespace; see {@link VersionedKv#page}. */
  public KvPage page(String cursor, int limit) {
    KvPage page = kv.page(prefix, cursor, limit);
    return new KvPage(page.items()
        .stream()
        .map(item -> new KvPage.Item(item.key().substring(prefix.length()), item.expiresAt(), item.metadata()))
        .toList(), page.cursor());
  }
}
