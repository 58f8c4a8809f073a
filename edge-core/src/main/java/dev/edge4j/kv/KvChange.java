package dev.edge4j.kv;

/**
 * What a watcher of a {@link VersionedKv} is told: a hint to read again.
 *
 * @param kind what happened
 * @param key whose value changed; empty for {@link Kind#MISSED}
 */
public record KvChange(Kind kind, String key) {
  /** What happened. */
  public enum Kind {
    /** A value was stored, or its expiry moved. */
    PUT,
    /** A value was deleted. */
    DELETED,
    /** Changes may have been lost: whatever the watcher keeps may be old. */
    MISSED
  }

  private static final KvChange MISSED = new KvChange(Kind.MISSED, "");

  /** A value was stored. */
  public static KvChange put(String key) {
    return new KvChange(Kind.PUT, key);
  }

  /** A value was deleted. */
  public static KvChange deleted(String key) {
    return new KvChange(Kind.DELETED, key);
  }

  /** Changes may have been lost. */
  public static KvChange missed() {
    return MISSED;
  }
}
