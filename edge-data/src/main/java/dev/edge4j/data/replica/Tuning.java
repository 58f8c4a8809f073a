package dev.edge4j.data.replica;

import java.time.Duration;

/**
 * Times that nobody needs to change, and tests do.
 *
 * @param probe how often the origin is asked for its position
 * @param confirm how often what is applied is made durable and confirmed
 * @param backoff the first wait before connecting again; it doubles up to {@code backoffMost}
 * @param schema how often the catalog is compared with the copy
 * @param abandoned how long a slot must have been idle before it is dropped
 */
record Tuning(Duration probe, Duration confirm, Duration backoff, Duration backoffMost, Duration schema,
    Duration abandoned) {
  static final Tuning DEFAULT = new Tuning(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(200),
      Duration.ofSeconds(10),
      Duration.ofSeconds(10), Duration.ofHours(1));

  Tuning withSchema(Duration every) {
    return new Tuning(probe, confirm, backoff, backoffMost, every, abandoned);
  }

  Tuning withAbandoned(Duration after) {
    return new Tuning(probe, confirm, backoff, backoffMost, schema, after);
  }

  Tuning withProbe(Duration every) {
    return new Tuning(every, confirm, backoff, backoffMost, schema, abandoned);
  }

  Tuning withConfirm(Duration every) {
    return new Tuning(probe, every, backoff, backoffMost, schema, abandoned);
  }

  Tuning withBackoff(Duration first) {
    return new Tuning(probe, confirm, first, backoffMost, schema, abandoned);
  }
}
