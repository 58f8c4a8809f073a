package dev.edge4j.data.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.jobs.Claim;
import dev.edge4j.jobs.Enqueued;
import dev.edge4j.jobs.JobChange;
import dev.edge4j.jobs.JobId;
import dev.edge4j.jobs.JobOrder;
import dev.edge4j.jobs.JobQueue;
import dev.edge4j.jobs.JobRefused;
import dev.edge4j.jobs.JobState;
import dev.edge4j.jobs.JobStatus;
import dev.edge4j.jobs.LeasedJob;
import dev.edge4j.jobs.NewJob;
import dev.edge4j.jobs.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link JobQueue} promises. */
@SuppressWarnings("exports") // JUnit is there for who runs this, and for nobody else
public abstract class JobQueueContract {
  /** How many open jobs of a kind the queue under test must take; the next one it must refuse. */
  protected static final int CAPACITY = 100;

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final String KIND = "resize";

  private JobQueue queue;

  @SuppressWarnings("NullAway.Init") // before each test
  protected JobQueueContract() {}

  /** An empty queue of {@link #CAPACITY}, open. It is closed after each test. */
  protected abstract JobQueue open() throws Exception;

  /** What time it is for the queue. */
  protected abstract Instant now();

  /** Lets time pass as the queue sees it: turns its clock forward, or waits until the queue's own clock has moved. */
  protected abstract void pass(Duration time) throws Exception;

  @BeforeEach
  public final void openQueue() throws Exception {
    queue = open();
  }

  @AfterEach
  public final void closeQueue() {
    queue.close();
  }

  // ---- in

  @Test
  public void keepsWhatWasHandedIn() {
    var order = new JobOrder(JobId.random(), KIND, "tenant ключ", Optional.of("key 🔑"), Optional.of(
        "https://a.example/"));
    Enqueued enqueued = queue.enqueue(new NewJob(order, new byte[]{0, -1, 127}, Instant.EPOCH));
    assertFalse(enqueued.repeated());
    JobStatus status = queue.status(order.id()).orElseThrow();
    assertEquals(enqueued.status(), status);
    assertEquals(order, status.order());
    assertEquals(JobState.WAITING, status.state());
    assertEquals(0, status.attempts());
    LeasedJob leased = lease().orElseThrow();
    assertArrayEquals(new byte[]{0, -1, 127}, leased.payload());
    assertEquals(queue.status(order.id()), Optional.of(leased.status()));
    assertEquals(Optional.empty(), queue.status(JobId.random()));
    assertEquals(Optional.empty(), queue.result(order.id()));
  }

  @Test
  public void aKeyIsOneJobOfItsKindAndScope() {
    Enqueued first = queue.enqueue(keyed(KIND, "a", "k", "1"));
    Enqueued again = queue.enqueue(keyed(KIND, "a", "k", "1"));
    assertTrue(again.repeated());
    assertEquals(first.status(), again.status());
    assertFalse(queue.enqueue(keyed(KIND, "b", "k", "1")).repeated());
    assertFalse(queue.enqueue(keyed("other", "a", "k", "1")).repeated());
    assertFalse(queue.enqueue(keyed(KIND, "a", "K", "1")).repeated());
    complete(lease().orElseThrow());
    assertEquals(JobState.DONE, queue.enqueue(keyed(KIND, "a", "k", "1")).status().state());
  }

  @Test
  public void aKeyIsNotForAnotherPayloadOrWebhook() {
    NewJob first = keyed(KIND, "a", "k", "1");
    queue.enqueue(first);
    assertEquals(422, assertThrows(JobRefused.class, () -> queue.enqueue(keyed(KIND, "a", "k", "2"))).status());
    var hooked = new JobOrder(JobId.random(), KIND, "a", Optional.of("k"), Optional.of("https://a.example/"));
    assertThrows(JobRefused.class, () -> queue.enqueue(new NewJob(hooked, first.payload(), Instant.EPOCH)));
    assertEquals(1, queue.list(JobState.WAITING, 10).size());
  }

  @Test
  public void oneKeyHandedInByManyIsOneJob() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Enqueued>> answers = IntStream.range(0, 32)
          .mapToObj(_ -> threads.submit(() -> queue.enqueue(keyed(KIND, "", "k", "1"))))
          .toList();
      Set<JobId> ids = new HashSet<>();
      int fresh = 0;
      for (Future<Enqueued> answer : answers) {
        ids.add(answer.get().status().id());
        fresh += answer.get().repeated() ? 0 : 1;
      }
      assertEquals(1, ids.size());
      assertEquals(1, fresh);
    }
  }

  @Test
  public void refusesWhatIsTooMuch() {
    for (int i = 0; i < CAPACITY; i++) {
      queue.enqueue(keyed(KIND, "", "k" + i, "1"));
    }
    assertEquals(503, assertThrows(JobRefused.class, () -> queue.enqueue(job())).status());
    assertTrue(queue.enqueue(keyed(KIND, "", "k0", "1")).repeated(), "what is in is no more");
    queue.enqueue(NewJob.of("other", bytes("1")));
    complete(lease().orElseThrow());
    queue.enqueue(job());
    assertThrows(JobRefused.class, () -> queue.enqueue(job()));
  }

  // ---- lease

  @Test
  public void givesOutWhatIsDueByWhenItBecameSo() throws Exception {
    JobId later = queue.enqueue(new NewJob(job().order(), bytes("1"), now().plusSeconds(5))).status().id();
    JobId first = queue.enqueue(job()).status().id();
    JobId second = queue.enqueue(job()).status().id();
    assertEquals(Optional.of(first), lease().map(leased -> leased.status().id()));
    assertEquals(List.of(second), ids(queue.lease(KIND, 10, "a", LEASE)));
    assertEquals(List.of(), queue.lease("other", 10, "a", LEASE));
    assertEquals(Optional.of(queue.status(later).orElseThrow().due()), queue.nextDue(KIND));
    pass(Duration.ofSeconds(6));
    assertEquals(List.of(), queue.lease(KIND, 0, "a", LEASE));
    assertEquals(List.of(later), ids(queue.lease(KIND, 10, "a", LEASE)));
    assertEquals(Optional.empty(), queue.nextDue("other"));
  }

  @Test
  public void aLeaseIsForOneOwnerUntilItEnds() throws Exception {
    queue.enqueue(job());
    LeasedJob first = queue.lease(KIND, 1, "a", LEASE).getFirst();
    assertEquals(JobState.RUNNING, first.status().state());
    assertEquals(1, first.status().attempts());
    assertEquals(Optional.of("a"), first.status().owner());
    assertEquals(Optional.empty(), lease());
    pass(LEASE.minusSeconds(5));
    assertTrue(queue.apply(new JobChange.Renew(first.claim(), LEASE)).isPresent());
    pass(LEASE.minusSeconds(5));
    assertEquals(Optional.empty(), lease(), "it was renewed");
    pass(Duration.ofSeconds(6));
    LeasedJob second = queue.lease(KIND, 1, "b", LEASE).getFirst();
    assertEquals(2, second.status().attempts());
    assertEquals(Optional.of("b"), second.status().owner());
  }

  @Test
  public void aLeaseThatIsOverCountsUntilSomebodyElseHasTheJob() throws Exception {
    queue.enqueue(job());
    LeasedJob leased = lease().orElseThrow();
    pass(LEASE.plusSeconds(1));
    complete(leased);
    assertEquals(JobState.DONE, queue.status(leased.status().id()).orElseThrow().state());
  }

  @Test
  public void whoLostAJobIsRefused() throws Exception {
    queue.enqueue(job());
    Claim stale = lease().orElseThrow().claim();
    pass(LEASE.plusSeconds(1));
    LeasedJob now = lease().orElseThrow();
    NewJob follower = NewJob.of("after", bytes("1"));
    for (JobChange change : List.of(new JobChange.Renew(stale, LEASE), new JobChange.Report(stale, new Progress(1, "")),
        new JobChange.Complete(stale, bytes("stale"), List.of(follower)), new JobChange.Retry(stale, "x",
            Duration.ZERO),
        new JobChange.Bury(stale, "x", List.of(follower)), new JobChange.Release(stale))) {
      assertEquals(Optional.empty(), queue.apply(change), change.toString());
      assertEquals(Optional.of(now.status()), queue.status(stale.id()));
    }
    assertEquals(Optional.empty(), queue.result(stale.id()));
    assertEquals(Optional.empty(), queue.nextDue("after"), "nothing follows from what was refused");
    complete(now);
    assertEquals(Optional.empty(), queue.apply(new JobChange.Complete(now.claim(), bytes("twice"), List.of())));
  }

  @Test
  public void manyWhoTakeGetEachJobOnce() throws Exception {
    for (int i = 0; i < CAPACITY; i++) {
      queue.enqueue(job());
    }
    Map<JobId, String> taken = new ConcurrentHashMap<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = IntStream.range(0, 8).mapToObj(i -> threads.submit(() -> {
        int mine = 0;
        for (List<LeasedJob> some = queue.lease(KIND, 3, "w" + i, LEASE); !some.isEmpty(); some = queue.lease(KIND, 3,
            "w" + i, LEASE)) {
          for (LeasedJob each : some) {
            assertEquals(null, taken.put(each.status().id(), "w" + i));
            complete(each);
            mine++;
          }
        }
        return mine;
      })).toList();
      int sum = 0;
      for (Future<Integer> each : all) {
        sum += each.get();
      }
      assertEquals(CAPACITY, sum);
    }
    assertEquals(CAPACITY, queue.list(JobState.DONE, 1_000).size());
  }

  // ---- changes

  @Test
  public void endsWithAResultAndWhatFollows() {
    queue.enqueue(job());
    LeasedJob leased = lease().orElseThrow();
    NewJob follower = NewJob.of("after", bytes("2"));
    JobStatus done = queue.apply(new JobChange.Complete(leased.claim(), bytes("result"), List.of(follower)))
        .orElseThrow();
    assertEquals(JobState.DONE, done.state());
    assertEquals(Optional.of(done), queue.status(done.id()));
    assertArrayEquals(bytes("result"), queue.result(done.id()).orElseThrow());
    assertEquals(List.of(follower.order().id()), ids(queue.lease("after", 10, "a", LEASE)));
    assertEquals(Optional.empty(), queue.nextDue(KIND));
  }

  @Test
  public void reportsProgress() {
    queue.enqueue(job());
    LeasedJob leased = lease().orElseThrow();
    var progress = new Progress(0.5, "half of it");
    JobStatus status = queue.apply(new JobChange.Report(leased.claim(), progress)).orElseThrow();
    assertEquals(progress, status.progress());
    assertTrue(status.version() > leased.status().version());
    assertEquals(Optional.of(status), queue.status(status.id()));
  }

  @Test
  public void comesBackAfterAFailure() throws Exception {
    queue.enqueue(job());
    Claim claim = lease().orElseThrow().claim();
    accepted(new JobChange.Retry(claim, "no luck", Duration.ofSeconds(5)));
    assertEquals(Optional.empty(), lease());
    assertEquals(Optional.of("no luck"), queue.status(claim.id()).orElseThrow().error());
    pass(Duration.ofSeconds(6));
    LeasedJob again = lease().orElseThrow();
    assertEquals(2, again.status().attempts());
    complete(again);
    assertEquals(Optional.empty(), queue.status(claim.id()).orElseThrow().error());
  }

  @Test
  public void whatIsGivenBackHasNotFailed() {
    queue.enqueue(job());
    Claim claim = lease().orElseThrow().claim();
    assertEquals(0, queue.apply(new JobChange.Release(claim)).orElseThrow().attempts());
    assertEquals(Optional.empty(), queue.apply(new JobChange.Complete(claim, bytes("x"), List.of())));
    assertEquals(1, lease().orElseThrow().status().attempts());
  }

  @Test
  public void aDeadLetterIsListedAndBroughtBack() throws Exception {
    queue.enqueue(job());
    queue.enqueue(job());
    Claim first = lease().orElseThrow().claim();
    accepted(new JobChange.Bury(first, "cannot be", List.of()));
    pass(Duration.ofSeconds(1));
    Claim second = lease().orElseThrow().claim();
    accepted(new JobChange.Bury(second, "nor this", List.of()));
    assertEquals(Optional.empty(), lease());
    assertEquals(List.of(second.id(), first.id()), queue.list(JobState.DEAD, 10).stream().map(JobStatus::id).toList());
    assertEquals(List.of(second.id()), queue.list(JobState.DEAD, 1).stream().map(JobStatus::id).toList());
    assertEquals(List.of(), queue.list(JobState.DEAD, 0));
    assertEquals(0, queue.apply(new JobChange.Requeue(first.id())).orElseThrow().attempts());
    assertEquals(Optional.empty(), queue.apply(new JobChange.Requeue(first.id())), "it is none any more");
    assertEquals(first.id(), lease().orElseThrow().status().id());
  }

  @Test
  public void whatIsCancelledIsNobodys() {
    JobId waiting = queue.enqueue(job()).status().id();
    accepted(new JobChange.Cancel(waiting, List.of()));
    assertEquals(Optional.empty(), lease());
    queue.enqueue(job());
    Claim claim = lease().orElseThrow().claim();
    assertEquals(JobState.CANCELLED, queue.apply(new JobChange.Cancel(claim.id(), List.of())).orElseThrow().state());
    assertEquals(Optional.empty(), queue.apply(new JobChange.Complete(claim, bytes("x"), List.of())));
    assertEquals(Optional.empty(), queue.apply(new JobChange.Cancel(claim.id(), List.of())));
    assertEquals(Optional.empty(), queue.apply(new JobChange.Cancel(JobId.random(), List.of())));
  }

  @Test
  public void forgetsWhatEndedLongAgo() throws Exception {
    queue.enqueue(keyed(KIND, "", "k", "1"));
    LeasedJob done = lease().orElseThrow();
    complete(done);
    queue.enqueue(job());
    Claim dead = lease().orElseThrow().claim();
    accepted(new JobChange.Bury(dead, "x", List.of()));
    JobId waiting = queue.enqueue(job()).status().id();
    pass(Duration.ofSeconds(5));
    assertEquals(0, queue.purge(JobState.DONE, now().minusSeconds(10), 10));
    assertEquals(0, queue.purge(JobState.DONE, now(), 0));
    assertEquals(0, queue.purge(JobState.WAITING, now().plusSeconds(10), 10), "what is open is never forgotten");
    assertEquals(1, queue.purge(JobState.DONE, now(), 10));
    assertEquals(Optional.empty(), queue.status(done.status().id()));
    assertEquals(Optional.empty(), queue.result(done.status().id()));
    assertTrue(queue.status(dead.id()).isPresent());
    assertTrue(queue.status(waiting).isPresent());
    assertFalse(queue.enqueue(keyed(KIND, "", "k", "other")).repeated(), "its key is free");
  }

  @Test
  public void limitsAreNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> queue.lease(KIND, -1, "a", LEASE));
    assertThrows(IllegalArgumentException.class, () -> queue.list(JobState.DEAD, -1));
    assertThrows(IllegalArgumentException.class, () -> queue.purge(JobState.DONE, now(), -1));
  }

  // ---- the law

  /** Whatever owners do in whatever order, alive, late or dead: a job is completed at most once, by its last owner, and never lost. */
  @Test
  public void noJobIsLostOrCompletedTwice() throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      var random = new Random(seed);
      Map<JobId, Claim> last = new HashMap<>();
      Map<JobId, Claim> completed = new HashMap<>();
      Set<Claim> claims = new HashSet<>();
      Set<JobId> jobs = new HashSet<>();
      for (int step = 0; step < 80; step++) {
        switch (random.nextInt(4)) {
          case 0 -> jobs.add(queue.enqueue(NewJob.of("law", bytes("1"))).status().id());
          case 1 -> queue.lease("law", 1 + random.nextInt(3), "w", LEASE).forEach(leased -> {
            assertFalse(completed.containsKey(leased.status().id()), "given out after its end");
            assertTrue(claims.add(leased.claim()), "a fencing token given out twice");
            last.put(leased.status().id(), leased.claim());
          });
          case 2 -> pass(Duration.ofSeconds(random.nextInt(20)));
          default -> claims.stream()
              .skip(claims.isEmpty() ? 0 : random.nextInt(claims.size()))
              .findFirst()
              .ifPresent(
                  claim -> act(claim, random.nextInt(4), last, completed));
        }
      }
      finish(completed, last);
      assertEquals(jobs, completed.keySet(), "seed " + seed);
      completed.forEach((id, claim) -> assertArrayEquals(bytes(claim.toString()), queue.result(id).orElseThrow()));
    }
  }

  private void act(Claim claim, int what, Map<JobId, Claim> last, Map<JobId, Claim> completed) {
    JobChange change = switch (what) {
      case 0 -> new JobChange.Renew(claim, LEASE);
      case 1 -> new JobChange.Retry(claim, "x", Duration.ofSeconds(3));
      case 2 -> new JobChange.Release(claim);
      default -> new JobChange.Complete(claim, bytes(claim.toString()), List.of());
    };
    if (queue.apply(change).isPresent()) {
      assertEquals(last.get(claim.id()), claim, "a stale owner was heard");
      if (change instanceof JobChange.Complete) {
        assertEquals(null, completed.put(claim.id(), claim), "completed twice");
      }
    }
  }

  private void finish(Map<JobId, Claim> completed, Map<JobId, Claim> last) throws Exception {
    pass(LEASE.plusSeconds(5));
    for (List<LeasedJob> rest = queue.lease("law", 10, "w", LEASE); !rest.isEmpty(); rest = queue.lease("law", 10, "w",
        LEASE)) {
      for (LeasedJob leased : rest) {
        last.put(leased.status().id(), leased.claim());
        act(leased.claim(), 3, last, completed);
      }
    }
  }

  private Optional<LeasedJob> lease() {
    return queue.lease(KIND, 1, "a", LEASE).stream().findFirst();
  }

  private void complete(LeasedJob leased) {
    accepted(new JobChange.Complete(leased.claim(), bytes("done"), List.of()));
  }

  private void accepted(JobChange change) {
    assertTrue(queue.apply(change).isPresent(), change.toString());
  }

  private static List<JobId> ids(List<LeasedJob> jobs) {
    return jobs.stream().map(leased -> leased.status().id()).toList();
  }

  private static NewJob job() {
    return NewJob.of(KIND, bytes("1"));
  }

  private static NewJob keyed(String kind, String scope, String key, String payload) {
    return new NewJob(new JobOrder(JobId.random(), kind, scope, Optional.of(key), Optional.empty()), bytes(payload),
        Instant.EPOCH);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
