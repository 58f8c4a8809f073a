package dev.edge4j.jobs;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * How a job is handed in. Start from {@link #NONE}; each method makes a copy.
 *
 * @param key the idempotency key: handed in again under it, it is the same job, for as long as the job is kept
 * @param scope whose it is, a tenant or a user; empty for nobody's. Keys are told apart by it, and {@link JobRoutes} shows a job to nobody else
 * @param runAt not before that
 * @param webhook who is told of the end
 */
public record JobOptions(Optional<String> key, String scope, Optional<Instant> runAt, Optional<URI> webhook) {
  /** At once, nobody's, without a key. */
  public static final JobOptions NONE = new JobOptions(Optional.empty(), "", Optional.empty(), Optional.empty());

  private static final int MAX_KEY = 255;

  /** Refuses a key of other than 1 to 255 characters. */
  public JobOptions {
    key.ifPresent(text -> {
      if (text.isEmpty() || text.length() > MAX_KEY) {
        throw new IllegalArgumentException("idempotency key of " + text.length() + " characters (expected: 1 to "
            + MAX_KEY + ")");
      }
    });
  }

  public JobOptions withKey(String newKey) {
    return new JobOptions(Optional.of(newKey), scope, runAt, webhook);
  }

  public JobOptions withScope(String newScope) {
    return new JobOptions(key, newScope, runAt, webhook);
  }

  public JobOptions withRunAt(Instant time) {
    return new JobOptions(key, scope, Optional.of(time), webhook);
  }

  public JobOptions withWebhook(URI url) {
    return new JobOptions(key, scope, runAt, Optional.of(url));
  }
}
