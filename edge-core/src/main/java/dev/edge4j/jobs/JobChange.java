package dev.edge4j.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may become of a job once it is in a queue: a pure function from how it stands to how it stands then. A {@link JobQueue} does one as a
 * whole or not at all: the status, the result of a {@link Complete}, and the jobs that follow.
 */
public sealed interface JobChange {
  JobId id();

  /** How the job stands afterwards; empty if this may not be, because the claim is void or the job is not in a state for it. */
  Optional<JobStatus> of(JobStatus before, Instant now);

  /** Jobs that come into the queue with this, and only with this. */
  default List<NewJob> then() {
    return List.of();
  }

  /** By whoever has taken the job. */
  sealed interface Claimed extends JobChange {
    Claim claim();

    @Override
    default JobId id() {
      return claim().id();
    }

    /** How a job stands afterwards whose owner this is. */
    JobStatus held(JobStatus before, Instant now);

    @Override
    default Optional<JobStatus> of(JobStatus before, Instant now) {
      return before.isHeldBy(claim()) ? Optional.of(held(before, now)) : Optional.empty();
    }
  }

  /** Keeps the job for that long from now. */
  record Renew(Claim claim, Duration lease) implements Claimed {
    @Override
    public JobStatus held(JobStatus before, Instant now) {
      return before.renewed(now.plus(lease));
    }
  }

  /** Says how far it has come. */
  record Report(Claim claim, Progress progress) implements Claimed {
    @Override
    public JobStatus held(JobStatus before, Instant now) {
      return before.progressed(progress, now);
    }
  }

  /** Done, with a result that nobody changes. */
  record Complete(Claim claim, byte[] result, List<NewJob> then) implements Claimed {
    @Override
    public JobStatus held(JobStatus before, Instant now) {
      return before.ended(JobState.DONE, now, Optional.empty());
    }
  }

  /** Failed, and tried again after that time. */
  record Retry(Claim claim, String error, Duration after) implements Claimed {
    @Override
    public JobStatus held(JobStatus before, Instant now) {
      return before.waiting(before.attempts(), now.plus(after), now, Optional.of(error));
    }
  }

  /** Failed for good. */
  record Bury(Claim claim, String error, List<NewJob> then) implements Claimed {
    @Override
    public JobStatus held(JobStatus before, Instant now) {
      return before.ended(JobState.DEAD, now, Optional.of(error));
    }
  }

  /** Given back without having failed, by an owner who goes: due at once, and the attempt does not count. */
  record Release(Claim claim) implements Claimed {
    @Override
    public JobStatus held(JobStatus before, Instant now) {
      return before.waiting(before.attempts() - 1, now, now, before.error());
    }
  }

  /** Not wanted any more; whoever has it finds his claim void. Refused once the job has ended. */
  record Cancel(JobId id, List<NewJob> then) implements JobChange {
    @Override
    public Optional<JobStatus> of(JobStatus before, Instant now) {
      return before.state().hasEnded() ? Optional.empty()
          : Optional.of(before.ended(JobState.CANCELLED, now, before.error()));
    }
  }

  /** A dead letter, to be tried again from the beginning. */
  record Requeue(JobId id) implements JobChange {
    @Override
    public Optional<JobStatus> of(JobStatus before, Instant now) {
      return before.state() != JobState.DEAD ? Optional.empty()
          : Optional.of(before.waiting(0, now, now, before.error()));
    }
  }
}
