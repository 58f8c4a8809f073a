package dev.edge4j.jobs;

import java.util.Optional;

/**
 * What was asked for, without its input; it never changes.
 *
 * @param id which job
 * @param kind the name of its {@link OriginJob}
 * @param scope whose it is, a tenant or a user; empty for nobody's. Keys are told apart by it
 * @param key the idempotency key: one job for each kind, scope and key
 * @param webhook who is told of the end
 */
public record JobOrder(JobId id, String kind, String scope, Optional<String> key, Optional<String> webhook) {
  static final int MAX_TEXT = 2_000;

  /** Refuses texts of more than 2,000 characters. */
  public JobOrder {
    check("kind", kind);
    check("scope", scope);
    key.ifPresent(text -> check("key", text));
    webhook.ifPresent(text -> check("webhook", text));
  }

  private static void check(String name, String text) {
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(name + " of a job: " + text.length() + " characters (expected: at most "
          + MAX_TEXT + ")");
    }
  }
}
