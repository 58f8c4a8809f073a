package dev.edge4j.jobs;

import java.time.Instant;
import java.util.Optional;

/**
 * A job on its way into a queue.
 *
 * @param order what is asked for
 * @param payload the input, which nobody changes
 * @param due not before that; {@link Instant#EPOCH} for at once
 */
public record NewJob(JobOrder order, byte[] payload, Instant due) {
  /** A job that is due at once, with an id of its own and without a key. */
  public static NewJob of(String kind, byte[] payload) {
    return new NewJob(new JobOrder(JobId.random(), kind, "", Optional.empty(), Optional.empty()), payload,
        Instant.EPOCH);
  }
}
