package dev.edge4j.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queue that fails for a while stops nothing for good: what was handed in is done once it is back. */
@Timeout(60)
class JobsOutliveTheirQueueTest {
  /** A queue whose disk is full from time to time. */
  private static final class Failing implements JobQueue {
    private final JobQueue inner;
    private volatile boolean failing;
    private final AtomicInteger unkept = new AtomicInteger();

    Failing(JobQueue inner) {
      this.inner = inner;
    }

    private JobQueue working() {
      if (failing) {
        throw new IllegalStateException("no space left on device");
      }
      return inner;
    }

    @Override
    public Enqueued enqueue(NewJob job) {
      return working().enqueue(job);
    }

    @Override
    public List<LeasedJob> lease(String kind, int max, String owner, Duration lease) {
      return working().lease(kind, max, owner, lease);
    }

    @Override
    public Optional<JobStatus> apply(JobChange change) {
      try {
        return working().apply(change);
      } catch (IllegalStateException e) {
        unkept.incrementAndGet();
        throw e;
      }
    }

    @Override
    public Optional<JobStatus> status(JobId id) {
      return working().status(id);
    }

    @Override
    public Optional<byte[]> result(JobId id) {
      return working().result(id);
    }

    @Override
    public Optional<Instant> nextDue(String kind) {
      return working().nextDue(kind);
    }

    @Override
    public List<JobStatus> list(JobState state, int limit) {
      return working().list(state, limit);
    }

    @Override
    public int purge(JobState state, Instant endedBefore, int limit) {
      return working().purge(state, endedBefore, limit);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private final VirtualClock clock = new VirtualClock();
  private final MemoryJobs memory = new MemoryJobs(clock);
  private final Failing queue = new Failing(memory);
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void anEndThatWasNotKeptIsDoneAgain() {
    OriginJob<String, String> job = OriginJob.named("echo", String.class, String.class).runs((run, text) -> {
      runs.incrementAndGet();
      queue.failing = run.attempt() == 1; // from here on nothing is kept, the end of this attempt neither
      return text;
    });
    try (Jobs jobs = Jobs.over(queue).time(clock).doing(job).start()) {
      JobId id = jobs.submit(job, "x").id();
      Waiting.until(() -> queue.unkept.get() >= 1);
      assertThrows(IllegalStateException.class, () -> jobs.submit(job, "nobody keeps this"));
      queue.failing = false;
      Waiting.until(clock, Duration.ofSeconds(1), () -> memory.status(id).orElseThrow().attempts() == 2); // its lease has to end
      Waiting.until(() -> memory.result(id).isPresent());
      assertEquals(2, memory.status(id).orElseThrow().attempts());
    }
    assertEquals(2, runs.get());
    assertEquals(1, memory.list(JobState.DONE, 10).size());
  }
}
