package dev.edge4j.jobs;

import dev.edge4j.TimeSource;
import dev.edge4j.json.JsonCodec;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * What everybody who works on jobs in this process shares.
 *
 * @param owner who we are, in a lease
 * @param random 0 to 1, for the jitter of retries
 * @param wake tells the worker of a kind that there may be something to do
 */
record Desk(JobQueue queue, JsonCodec json, TimeSource time, Watchers watchers, String owner, DoubleSupplier random,
    Consumer<String> wake) {

  /** Does a change and tells whoever wants to know. */
  Optional<JobStatus> apply(JobChange change) {
    Optional<JobStatus> after = queue.apply(change);
    if (after.isPresent()) {
      watchers.changed(change.id());
      change.then().forEach(job -> wake.accept(job.order().kind()));
    }
    return after;
  }
}
