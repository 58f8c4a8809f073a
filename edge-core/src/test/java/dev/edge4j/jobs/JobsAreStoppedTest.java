package dev.edge4j.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.support.Aside;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job keeps its lease while it lives, and stops when it is late, cancelled, somebody else's, or its process ends. */
@Timeout(60)
@Aside
class JobsAreStoppedTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofDays(1);

  private final VirtualClock clock = new VirtualClock();
  private final MemoryJobs queue = new MemoryJobs(clock);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final OriginJob<String, String> waits = OriginJob.named("wait", String.class, String.class)
      .runs((run, input) -> {
        begun.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          interrupted.set(run.stopped());
          throw e;
        }
        return input;
      });

  private Jobs start(OriginJob<?, ?> job) {
    return Jobs.over(queue).time(clock).doing(job).start();
  }

  @Test
  void aLivingJobKeepsItsLease() throws Exception {
    try (Jobs jobs = start(waits)) {
      JobId id = jobs.submit(waits, "x").id();
      begun.await();
      for (int i = 0; i < 30; i++) { // five minutes, of leases of 30 seconds
        var due = jobs.status(id).orElseThrow().due();
        Waiting.until(() -> clock.pendingTimers() == 4); // the attempt's time, its lease, the worker's next look, the sweeper
        clock.advance(Duration.ofSeconds(10));
        Waiting.until(() -> jobs.status(id).orElseThrow().due().isAfter(due));
        assertEquals(0, queue.lease("wait", 1, "thief", SECOND).size());
      }
      goOn.countDown();
      JobStatus done = jobs.await(id, LONG).orElseThrow();
      assertEquals(JobState.DONE, done.state());
      assertEquals(1, done.attempts());
    }
  }

  @Test
  void anAttemptThatTakesTooLongIsInterruptedAndHasFailed() throws Exception {
    OriginJob<String, String> hasty = waits.timeout(Duration.ofSeconds(5)).retries(RetryPolicy.none());
    try (Jobs jobs = start(hasty)) {
      JobId id = jobs.submit(hasty, "x").id();
      begun.await();
      clock.advance(Duration.ofSeconds(5));
      JobStatus dead = jobs.await(id, LONG).orElseThrow();
      assertEquals(JobState.DEAD, dead.state());
      assertEquals(Optional.of("attempt 1 took longer than PT5S"), dead.error());
    }
    assertTrue(interrupted.get());
  }

  @Test
  void aCancelledJobIsInterrupted() throws Exception {
    try (Jobs jobs = start(waits)) {
      JobId id = jobs.submit(waits, "x").id();
      begun.await();
      assertEquals(JobState.CANCELLED, jobs.cancel(id).orElseThrow().state());
      Waiting.until(interrupted::get);
      assertEquals(Optional.empty(), jobs.cancel(id));
    }
    assertEquals(JobState.CANCELLED, queue.list(JobState.CANCELLED, 1).getFirst().state());
  }

  @Test
  void oneThatIsCancelledElsewhereFindsOutByItsLease() throws Exception {
    try (Jobs jobs = start(waits); Jobs edge = Jobs.over(queue).time(clock).submitOnly()) {
      JobId id = edge.submit(waits, "x").id();
      Waiting.until(clock, SECOND, () -> begun.getCount() == 0);
      assertTrue(edge.cancel(id).isPresent());
      Waiting.until(clock, SECOND, interrupted::get);
      assertEquals(JobState.CANCELLED, jobs.status(id).orElseThrow().state());
    }
  }

  @Test
  void whatALateOwnerSaysIsRefused() throws Exception {
    var late = new CountDownLatch(1);
    var second = new Semaphore(0);
    var job = OriginJob.named("stall", String.class, String.class)
        .concurrency(2)
        .timeout(LEASE.multipliedBy(2))
        .runs((run,
            input) -> {
          if (input.equals("stall")) {
            while (run.attempt() == 1 && late.getCount() > 0) {
              Thread.onSpinWait(); // does not heed its interrupt
            }
            second.acquireUninterruptibly(run.attempt() - 1);
          }
          return input + " " + run.attempt();
        });
    try (Jobs jobs = start(job)) {
      JobId id = jobs.submit(job, "stall").id();
      Waiting.until(clock, SECOND, () -> jobs.status(id).orElseThrow().attempts() == 2); // its time is over, and then its lease
      late.countDown();
      JobId next = jobs.submit(job, "next").id(); // has a place only once the first attempt has gone
      jobs.await(next, LONG);
      assertEquals(JobState.RUNNING, jobs.status(id).orElseThrow().state(), "the first attempt was heard");
      second.release();
      jobs.await(id, LONG);
      assertEquals(Optional.of("stall 2"), jobs.result(job, id));
    }
  }

  @Test
  void aStopLetsRunningJobsEnd() throws Exception {
    Jobs jobs = start(waits);
    JobId running = jobs.submit(waits, "x").id();
    begun.await();
    var closing = Thread.startVirtualThread(jobs::close);
    Jobs edge = Jobs.over(queue).time(clock).submitOnly();
    goOn.countDown();
    closing.join();
    JobId late = edge.submit(waits, "y").id();
    assertEquals(JobState.DONE, edge.status(running).orElseThrow().state());
    assertEquals(JobState.WAITING, edge.status(late).orElseThrow().state());
  }

  @Test
  void whatDoesNotEndInTimeIsGivenBack() throws Exception {
    Jobs jobs = start(waits);
    JobId id = jobs.submit(waits, "x").id();
    begun.await();
    jobs.close(Duration.ZERO);
    assertTrue(interrupted.get());
    JobStatus status = queue.status(id).orElseThrow();
    assertEquals(JobState.WAITING, status.state());
    assertEquals(0, status.attempts());
    assertEquals(1, queue.lease("wait", 1, "next", SECOND).size());
  }

  @Test
  void whatHeedsNoInterruptIsGivenBackToo() throws Exception {
    var stop = new AtomicBoolean();
    var ended = new CountDownLatch(1);
    var job = OriginJob.named("stall", String.class, String.class).runs((_, input) -> {
      begun.countDown();
      while (!stop.get()) {
        Thread.onSpinWait();
      }
      ended.countDown();
      return input;
    });
    Jobs jobs = start(job);
    JobId id = jobs.submit(job, "x").id();
    begun.await();
    jobs.close(Duration.ZERO);
    assertEquals(JobState.WAITING, queue.status(id).orElseThrow().state());
    stop.set(true);
    ended.await();
    assertEquals(JobState.WAITING, queue.status(id).orElseThrow().state(), "its result comes too late");
  }

  @Test
  void progressIsKeptAFewTimesASecond() throws Exception {
    var step = new Semaphore(0);
    var said = new AtomicInteger();
    var job = OriginJob.named("steps", String.class, String.class).runs((run, input) -> {
      for (int i = 1; i <= 4; i++) {
        step.acquire();
        run.progress(i / 4.0, "step " + i);
        said.incrementAndGet();
      }
      step.acquire();
      return input;
    });
    try (Jobs jobs = start(job)) {
      JobId id = jobs.submit(job, "x").id();
      step.release();
      Waiting.until(() -> said.get() == 1);
      assertEquals(new Progress(0.25, "step 1"), jobs.status(id).orElseThrow().progress());
      step.release();
      Waiting.until(() -> said.get() == 2);
      assertEquals("step 1", jobs.status(id).orElseThrow().progress().note(), "too soon after the first");
      clock.advance(Duration.ofMillis(250));
      step.release();
      Waiting.until(() -> said.get() == 3);
      assertEquals("step 3", jobs.status(id).orElseThrow().progress().note());
      step.release(2);
      assertEquals(1, jobs.await(id, LONG).orElseThrow().progress().fraction());
    }
  }
}
