package dev.edge4j.data;

import dev.edge4j.data.contract.JobQueueContract;
import dev.edge4j.data.testing.ManualClock;
import dev.edge4j.jobs.JobQueue;
import dev.edge4j.jobs.MemoryJobs;
import java.time.Duration;
import java.time.Instant;

/** The queue in memory keeps the same promises as the one on disk. */
class MemoryJobsContractTest extends JobQueueContract {
  private final ManualClock clock = new ManualClock();

  @Override
  protected JobQueue open() {
    return new MemoryJobs(clock, CAPACITY);
  }

  @Override
  protected Instant now() {
    return clock.instant();
  }

  @Override
  protected void pass(Duration time) {
    clock.forward(time);
  }
}
