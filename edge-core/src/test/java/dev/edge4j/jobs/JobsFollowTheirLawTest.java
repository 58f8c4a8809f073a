package dev.edge4j.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever is leased, said and let run out in whatever order: a job is completed at most once, is never lost, and nobody is heard whose job it is
 * no longer.
 */
class JobsFollowTheirLawTest {
  private static final Duration LEASE = Duration.ofSeconds(10);

  enum Kind {
    ENQUEUE, LEASE, PASS, RENEW, REPORT, COMPLETE, RETRY, RELEASE, BURY, CANCEL, REQUEUE
  }

  /** What is done, and to the how-manieth of those that there are. */
  record Step(Kind kind, int which) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.integers().between(0, 15))
        .as(Step::new)
        .list()
        .ofMinSize(20)
        .ofMaxSize(120);
  }

  @Property(tries = 300)
  void aJobIsCompletedAtMostOnceAndNeverLost(@ForAll("steps") List<Step> steps) {
    var clock = new VirtualClock();
    var queue = new MemoryJobs(clock);
    var jobs = new ArrayList<JobId>();
    var claims = new ArrayList<Claim>();
    Map<JobId, Claim> holders = new HashMap<>(); // who would be heard
    Map<JobId, JobState> ends = new HashMap<>();
    for (Step step : steps) {
      switch (step.kind) {
        case ENQUEUE -> jobs.add(queue.enqueue(NewJob.of("k", new byte[0])).status().id());
        case PASS -> clock.advance(Duration.ofSeconds(step.which));
        case LEASE -> queue.lease("k", 2, "w", LEASE).forEach(leased -> {
          assertFalse(ends.containsKey(leased.status().id()), "given out after its end");
          assertFalse(claims.contains(leased.claim()), "one fencing token for two");
          claims.add(leased.claim());
          holders.put(leased.status().id(), leased.claim());
        });
        default -> change(step, jobs, claims).ifPresent(change -> apply(queue, change, holders, ends));
      }
    }
    for (JobId id : jobs) {
      JobStatus status = queue.status(id).orElseThrow();
      assertEquals(ends.containsKey(id), status.state().hasEnded());
      assertEquals(status.state() == JobState.DONE, queue.result(id).isPresent());
    }
    clock.advance(Duration.ofMinutes(1));
    long open = jobs.stream().filter(id -> !ends.containsKey(id)).count();
    assertEquals(open, queue.lease("k", 1_000, "w", LEASE).size(), "all that is open can be had");
  }

  private static Optional<JobChange> change(Step step, List<JobId> jobs, List<Claim> claims) {
    if (jobs.isEmpty() || claims.isEmpty()) {
      return Optional.empty();
    }
    JobId id = jobs.get(step.which % jobs.size());
    Claim claim = claims.get(claims.size() - 1 - step.which % claims.size());
    return Optional.of(switch (step.kind) {
      case RENEW -> new JobChange.Renew(claim, LEASE);
      case REPORT -> new JobChange.Report(claim, new Progress(0.5, ""));
      case COMPLETE -> new JobChange.Complete(claim, new byte[]{1}, List.of());
      case RETRY -> new JobChange.Retry(claim, "x", Duration.ofSeconds(step.which));
      case RELEASE -> new JobChange.Release(claim);
      case BURY -> new JobChange.Bury(claim, "x", List.of());
      case CANCEL -> new JobChange.Cancel(id, List.of());
      default -> new JobChange.Requeue(id);
    });
  }

  private static void apply(MemoryJobs queue, JobChange change, Map<JobId, Claim> holders, Map<JobId, JobState> ends) {
    boolean heard = queue.apply(change).isPresent();
    switch (change) {
      case JobChange.Claimed claimed -> assertEquals(claimed.claim().equals(holders.get(change.id())), heard,
          () -> change
              + " of " + holders);
      case JobChange.Cancel cancel -> assertEquals(!ends.containsKey(cancel.id()), heard);
      case JobChange.Requeue requeue -> assertEquals(ends.get(requeue.id()) == JobState.DEAD, heard);
    }
    if (!heard) {
      return;
    }
    switch (change) {
      case JobChange.Complete _ -> ends.put(change.id(), JobState.DONE);
      case JobChange.Bury _ -> ends.put(change.id(), JobState.DEAD);
      case JobChange.Cancel _ -> ends.put(change.id(), JobState.CANCELLED);
      case JobChange.Requeue _ -> ends.remove(change.id());
      default -> {
        /* it goes on */ }
    }
    if (!(change instanceof JobChange.Renew || change instanceof JobChange.Report)) {
      holders.remove(change.id());
    }
  }

  @Property
  void aWaitIsWithinItsBounds(@ForAll @IntRange(min = 1, max = 100) int begun,
      @ForAll @DoubleRange(min = 0, max = 1) double random) {
    var policy = new RetryPolicy(100, Duration.ofSeconds(2), Duration.ofMinutes(10));
    Duration wait = policy.delay(begun, random);
    Duration longest = policy.delay(begun, 1);
    assertFalse(wait.isNegative());
    assertTrue(wait.compareTo(longest) <= 0);
    assertEquals(begun <= 9 ? Duration.ofSeconds(1L << begun) : Duration.ofMinutes(10), longest);
    assertTrue(policy.delay(begun + 1, random).compareTo(wait) >= 0);
  }
}
