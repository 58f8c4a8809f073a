package dev.edge4j.cache.http;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One member of the {@code Cache-Status} field (RFC 9211), as this cache writes it: {@code edge4j; hit; ttl=280}.
 *
 * @param hit true if the answer came without going further
 * @param forward why the request went further, if it did
 * @param forwardStatus the status that came back, where it is not that of the answer
 * @param ttl the freshness that is left, negative if it is stale
 * @param stored true if the answer is kept
 * @param collapsed true if another request's answer is this one's
 * @param detail what else there is to say, a token; empty for nothing
 */
public record CacheStatus(boolean hit, Optional<Forward> forward, OptionalInt forwardStatus, Optional<Duration> ttl,
    boolean stored, boolean collapsed, String detail) {
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
    /** Nothing is that may be used, without saying more. */
    MISS("miss"),
    /** The request's own directives forbid it. */
    REQUEST("request"),
    /** What is stored is stale. */
    STALE("stale"),
    /** What is stored is a part, and not the one that is asked for. */
    PARTIAL("partial");

    private final String token;

    Forward(String token) {
      this.token = token;
    }

    /** As it stands in the field. */
    public String token() {
      return token;
    }
  }

  /** Answered from the cache; {@code ttl} is the freshness that is left, negative if it is stale. */
  public static CacheStatus hit(Duration ttl) {
    return new CacheStatus(true, Optional.empty(), OptionalInt.empty(), Optional.of(ttl), false, false, "");
  }

  /** Sent on. */
  public static CacheStatus forwarded(Forward reason) {
    return new CacheStatus(false, Optional.of(reason), OptionalInt.empty(), Optional.empty(), false, false, "");
  }

  /** The same, with what the origin answered. */
  public CacheStatus withForwardStatus(int status) {
    return new CacheStatus(hit, forward, OptionalInt.of(status), ttl, stored, collapsed, detail);
  }

  /** The same, with the freshness that is left. */
  public CacheStatus withTtl(Duration left) {
    return new CacheStatus(hit, forward, forwardStatus, Optional.of(left), stored, collapsed, detail);
  }

  /** The same, kept or not. */
  public CacheStatus withStored(boolean yes) {
    return new CacheStatus(hit, forward, forwardStatus, ttl, yes, collapsed, detail);
  }

  /** The same, collapsed or not. */
  public CacheStatus withCollapsed(boolean yes) {
    return new CacheStatus(hit, forward, forwardStatus, ttl, stored, yes, detail);
  }

  /** The same, with a remark, which has to be a token of RFC 9651. */
  public CacheStatus withDetail(String token) {
    return new CacheStatus(hit, forward, forwardStatus, ttl, stored, collapsed, token);
  }

  /** As it stands in the field. */
  @Override
  public String toString() {
    var text = new StringBuilder(64).append(NAME);
    if (hit) {
      text.append("; hit");
    }
    forward.ifPresent(reason -> text.append("; fwd=").append(reason.token()));
    forwardStatus.ifPresent(status -> text.append("; fwd-status=").append(status));
    ttl.ifPresent(left -> text.append("; ttl=").append(Math.floorDiv(left.toMillis(), 1000L)));
    if (stored) {
      text.append("; stored");
    }
    if (collapsed) {
      text.append("; collapsed");
    }
    if (!detail.isEmpty()) {
      text.append("; detail=").append(detail);
    }
    return text.toString();
  }
}
