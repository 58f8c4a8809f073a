package dev.edge4j.kv;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import dev.edge4j.json.TypeRef;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** A value of a {@link VersionedKv} and what is known of it. Immutable: it keeps a copy of the bytes, and gives copies. */
public final class KvEntry {
  private final String key;
  private final byte[] value;
  private final Optional<String> metadata;
  private final long version;
  private final Optional<Instant> expiresAt;

  /**
   * An entry, as a store makes it.
   *
   * @param value copied
   * @param version positive
   */
  public KvEntry(String key, byte[] value, Optional<String> metadata, long version, Optional<Instant> expiresAt) {
    this.key = key;
    this.value = value.clone();
    this.metadata = metadata;
    this.version = KvArguments.version(version);
    this.expiresAt = expiresAt;
  }

  public String key() {
    return key;
  }

  /** A copy of the value. */
  public byte[] value() {
    return value.clone();
  }

  /** The value's length in bytes. */
  public int length() {
    return value.length;
  }

  /** The value as text, read as UTF-8. */
  public String text() {
    return new String(value, StandardCharsets.UTF_8);
  }

  /** The value as a stream over the bytes in memory; closing it is not needed. */
  public InputStream stream() {
    return new ByteArrayInputStream(value());
  }

  /** The value read as JSON; throws {@link JsonException} naming what is wrong. */
  public <T> T json(JsonCodec codec, Class<T> type) {
    return codec.read(value(), type);
  }

  /** The value read as JSON of a generic type; throws {@link JsonException} naming what is wrong. */
  public <T> T json(JsonCodec codec, TypeRef<T> type) {
    return codec.read(value(), type);
  }

  /** JSON text that was stored with the value, as it was given. */
  public Optional<String> metadata() {
    return metadata;
  }

  /** Greater than that of every earlier write of the key: what {@link VersionedKv#putIf} expects. */
  public long version() {
    return version;
  }

  /** From when on the value is absent, in whole milliseconds; empty if it stays until it is deleted. */
  public Optional<Instant> expiresAt() {
    return expiresAt;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KvEntry that && version == that.version && key.equals(that.key)
        && Arrays.equals(value, that.value) && metadata.equals(that.metadata) && expiresAt.equals(that.expiresAt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, version);
  }

  /** Without the value, which may be a secret. */
  @Override
  public String toString() {
    return "KvEntry[" + key + ", " + value.length + " bytes, version " + version
        + expiresAt.map(at -> ", expires at " + at).orElse("") + "]";
  }
}
