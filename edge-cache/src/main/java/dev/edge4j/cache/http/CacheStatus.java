package dev.edge4j.cache.http;

import java.time.Duration;

/** Values of the {@code Cache-Status} field (RFC 9211), as this cache writes them: {@code edge4j; hit; ttl=280}. */
public final class CacheStatus {
  /** The name by which the field lists this cache. */
  public static final String NAME = "edge4j";

  /** Why a request went further (RFC 9211 section 2.2). */
  public enum Forward {
    /** The cache was told to stay out of it. */
    BYPASS("bypass"),
    /** The method cannot be answered from a cache. */
    METHOD("method"),
    /** Nothing is stored for that target. */
    URI_MISS("uri-miss"),
    /** Something is, but for other values of the fields in {@code Vary}. */
    VARY_MISS("vary-miss"),
    /** The request's own directives forbid it. */
    REQUEST("request"),
    /** What is stored is stale. */
    STALE("stale");

    private final String token;

    Forward(String token) {
      this.token = token;
    }

    /** As it stands in the field. */
    public String token() {
      return token;
    }
  }

  private CacheStatus() {}

  /** Answered from the cache; {@code ttl} is the freshness that is left, negative if it is stale. */
  public static String hit(Duration ttl) {
    return NAME + "; hit; ttl=" + Math.floorDiv(ttl.toMillis(), 1000L);
  }

  /** Sent on, and perhaps {@code stored}, perhaps {@code collapsed} with another request that was under way. */
  public static String forwarded(Forward reason, boolean stored, boolean collapsed) {
    return NAME + "; fwd=" + reason.token() + (stored ? "; stored" : "") + (collapsed ? "; collapsed" : "");
  }
}
