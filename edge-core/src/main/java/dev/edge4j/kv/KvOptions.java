package dev.edge4j.kv;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a value is stored: until when, and with which metadata. Immutable.
 *
 * @param ttl how long it lives, counted from the write by the store's clock; not together with {@code expiresAt}
 * @param expiresAt from when on it is absent; a time that has passed already is no error, the value is written and gone
 * @param metadata JSON text that is kept and listed with the value, at most {@link VersionedKv#MAX_METADATA_BYTES}
 */
public record KvOptions(Optional<Duration> ttl, Optional<Instant> expiresAt, Optional<String> metadata) {
  private static final KvOptions NONE = new KvOptions(Optional.empty(), Optional.empty(), Optional.empty());

  /** Throws {@link IllegalArgumentException} for a ttl that is not positive, ttl and expiry at once, and metadata that is no JSON. */
  public KvOptions {
    ttl.ifPresent(KvArguments::ttl);
    if (ttl.isPresent() && expiresAt.isPresent()) {
      throw new IllegalArgumentException("ttl and expiresAt (expected: one of them)");
    }
    metadata.ifPresent(KvArguments::metadata);
  }

  /** Until it is deleted, without metadata. */
  public static KvOptions none() {
    return NONE;
  }

  /** Gone after a time, which must be positive. Counted in milliseconds, a part of one counts as one. */
  public static KvOptions expiringAfter(Duration ttl) {
    return new KvOptions(Optional.of(ttl), Optional.empty(), Optional.empty());
  }

  /** Gone from an instant on. */
  public static KvOptions expiringAt(Instant instant) {
    return new KvOptions(Optional.empty(), Optional.of(instant), Optional.empty());
  }

  /** These options, with metadata. */
  public KvOptions withMetadata(String json) {
    return new KvOptions(ttl, expiresAt, Optional.of(json));
  }

  /**
   * From when on a value that is written now is absent, in milliseconds since 1970; {@link KvArguments#NEVER} if it stays. What lies
   * behind the year 9999 is cut to its end.
   */
  public long expiryMillis(Instant now) {
    if (ttl.isPresent()) {
      return KvArguments.expiryMillis(now, ttl.get());
    }
    return expiresAt.map(KvArguments::millis).orElse(KvArguments.NEVER);
  }
}
