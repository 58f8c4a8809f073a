package dev.edge4j.examples.shop.chain;

import java.util.Locale;

/** The steps of the chain, the nearest first: what one cannot give, the next one is asked for. */
public enum Step {
  /** A value or a response in the memory of this process. */
  MEMORY,
  /** The key-value store. */
  KV,
  /** The edge copy, as recent as promised. */
  REPLICA,
  /** The origin, because the edge copy failed or is behind. */
  ORIGIN,
  /** The memory, past its freshness lifetime. */
  STALE_MEMORY,
  /** The key-value store, past its freshness lifetime. */
  STALE_KV,
  /** The edge copy, further behind than promised, because the origin cannot be asked. */
  STALE_REPLICA,
  /** What was made when the shop started: it knows no product. */
  STATIC;

  /** As it stands in the header field: {@code stale-kv}. */
  public String token() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** True if what it gave may have changed since. */
  public boolean isStale() {
    return this == STALE_MEMORY || this == STALE_KV || this == STALE_REPLICA;
  }

  /** The same step for what is past its freshness lifetime. */
  public Step stale() {
    return switch (this) {
      case MEMORY -> STALE_MEMORY;
      case KV -> STALE_KV;
      case REPLICA -> STALE_REPLICA;
      case ORIGIN, STALE_MEMORY, STALE_KV, STALE_REPLICA, STATIC -> this;
    };
  }
}
