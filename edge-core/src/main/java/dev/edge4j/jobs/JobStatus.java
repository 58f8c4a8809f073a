package dev.edge4j.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How a job stands: what was asked for, and where it has come to. Immutable; times are whole milliseconds.
 *
 * @param order what was asked for
 * @param state where it stands
 * @param attempts how often it was begun, the present attempt included
 * @param epoch how often it was taken: the fencing token of whoever has it
 * @param version grows with every change that somebody may want to see; a lease that is renewed is none
 * @param created when it was handed in
 * @param due when it may be taken: at the time of its next attempt, or when the lease of whoever has it ends
 * @param changed when the version grew; once it has ended, when that was
 * @param owner who has it, while it runs
 * @param progress how far it has come, in the present attempt
 * @param error what the last attempt failed of, if one did
 */
public record JobStatus(JobOrder order, JobState state, int attempts, long epoch, long version, Instant created,
    Instant due, Instant changed, Optional<String> owner, Progress progress, Optional<String> error) {

  /** Cuts times to milliseconds, so that every store keeps the same. */
  public JobStatus {
    created = created.truncatedTo(ChronoUnit.MILLIS);
    due = due.truncatedTo(ChronoUnit.MILLIS);
    changed = changed.truncatedTo(ChronoUnit.MILLIS);
  }

  /** That of a job that comes in now. */
  public static JobStatus of(NewJob job, Instant now) {
    Instant due = job.due().isAfter(now) ? job.due() : now;
    return new JobStatus(job.order(), JobState.WAITING, 0, 0, 1, now, due, now, Optional.empty(), Progress.NONE,
        Optional.empty());
  }

  public JobId id() {
    return order.id();
  }

  public String kind() {
    return order.kind();
  }

  /** The right of its present owner. */
  public Claim claim() {
    return new Claim(id(), epoch);
  }

  /** True if somebody may take it now: it waits and is due, or the lease of its owner is over. */
  public boolean isFree(Instant now) {
    return !state.hasEnded() && !due.isAfter(now);
  }

  /** Taken by that owner, who begins an attempt; empty if it is not free. */
  public Optional<JobStatus> leased(String newOwner, Instant now, Duration lease) {
    return !isFree(now) ? Optional.empty()
        : Optional.of(new JobStatus(order, JobState.RUNNING, attempts + 1, epoch + 1, version + 1, created,
            now.plus(lease), now, Optional.of(newOwner), Progress.NONE, error));
  }

  // ---- what the changes make of it

  /** True if that is the right of its present owner. A lease that is over counts as long as nobody else has taken the job. */
  boolean isHeldBy(Claim claim) {
    return state == JobState.RUNNING && epoch == claim.epoch() && id().equals(claim.id());
  }

  JobStatus renewed(Instant until) {
    return new JobStatus(order, state, attempts, epoch, version, created, until, changed, owner, progress, error);
  }

  JobStatus progressed(Progress now, Instant at) {
    return new JobStatus(order, state, attempts, epoch, version + 1, created, due, at, owner, now, error);
  }

  /** Nobody's again, and due then. */
  JobStatus waiting(int begun, Instant then, Instant at, Optional<String> failure) {
    return new JobStatus(order, JobState.WAITING, begun, epoch, version + 1, created, then, at, Optional.empty(),
        Progress.NONE, failure);
  }

  JobStatus ended(JobState end, Instant at, Optional<String> failure) {
    Progress last = end == JobState.DONE ? new Progress(1, progress.note()) : progress;
    return new JobStatus(order, end, attempts, epoch, version + 1, created, at, at, Optional.empty(), last, failure);
  }
}
