package dev.edge4j.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.HttpError;
import dev.edge4j.Place;
import dev.edge4j.json.TypeRef;
import dev.edge4j.testing.VirtualClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is handed in is done: with a result, again after a failure, and given up when it has to be. */
@Timeout(60)
class JobsAreDoneTest {
  private static final Duration LONG = Duration.ofDays(1);

  record Picture(String name, int width) {}

  record Thumbnail(String name) {}

  private final VirtualClock clock = new VirtualClock();
  private final MemoryJobs queue = new MemoryJobs(clock);
  private final OriginJob<Picture, Thumbnail> resize = OriginJob.named("resize", Picture.class, Thumbnail.class);

  private Jobs start(OriginJob<?, ?>... kinds) {
    return Jobs.over(queue).time(clock).doing(kinds).start();
  }

  private JobStatus ended(Jobs jobs, JobId id) throws InterruptedException {
    return jobs.await(id, LONG).orElseThrow();
  }

  @Test
  void aJobHasAResult() throws Exception {
    var job = resize.at(Place.origin("eu-west-1", "needs a GPU"))
        .runs((run, picture) -> new Thumbnail(picture.name
            + "@" + picture.width + "#" + run.attempt()));
    try (Jobs jobs = start(job)) {
      JobStatus submitted = jobs.submit(job, new Picture("cat", 64));
      assertEquals(JobState.WAITING, submitted.state());
      assertEquals(JobState.DONE, ended(jobs, submitted.id()).state());
      assertEquals(Optional.of(new Thumbnail("cat@64#1")), jobs.result(job, submitted.id()));
      assertEquals(Optional.empty(), jobs.result(job, JobId.random()));
    }
    assertEquals("resize (origin eu-west-1: needs a GPU)", job.toString());
  }

  @Test
  void genericTypesGoInAndComeOut() throws Exception {
    OriginJob<List<Integer>, Map<String, Integer>> sum = OriginJob.named("sum", new TypeRef<List<Integer>>() {},
        new TypeRef<Map<String, Integer>>() {})
        .runs((_, numbers) -> Map.of("sum", numbers.stream().mapToInt(n -> n).sum()));
    try (Jobs jobs = start(sum)) {
      JobId id = jobs.submit(sum, List.of(1, 2, 3)).id();
      ended(jobs, id);
      assertEquals(Optional.of(Map.of("sum", 6)), jobs.result(sum, id));
    }
  }

  @Test
  void whoOnlyHandsInLeavesTheWorkToOthers() throws Exception {
    var ran = new AtomicInteger();
    try (Jobs edge = Jobs.over(queue).time(clock).submitOnly()) {
      JobId id = edge.submit(resize, new Picture("cat", 1)).id();
      assertEquals(JobState.WAITING, edge.status(id).orElseThrow().state());
      try (Jobs _ = start(resize.runs((_, picture) -> {
        ran.incrementAndGet();
        return new Thumbnail(picture.name);
      }))) {
        Waiting.idly(clock, queue, () -> edge.result(resize, id).isPresent());
      }
    }
    assertEquals(1, ran.get());
  }

  @Test
  void oneKeyIsOneJob() throws Exception {
    var ran = new AtomicInteger();
    var job = resize.runs((_, picture) -> {
      ran.incrementAndGet();
      return new Thumbnail(picture.name);
    });
    try (Jobs jobs = start(job)) {
      JobId id = jobs.submit(job, new Picture("cat", 1), "order 7").id();
      ended(jobs, id);
      assertEquals(id, jobs.submit(job, new Picture("cat", 1), "order 7").id());
      JobRefused refused = assertThrows(JobRefused.class, () -> jobs.submit(job, new Picture("cat", 2), "order 7"));
      assertEquals(422, refused.status());
      Enqueued other = jobs.submit(job, new Picture("cat", 2), JobOptions.NONE.withKey("order 7").withScope("b"));
      assertFalse(other.repeated());
      ended(jobs, other.status().id());
    }
    assertEquals(2, ran.get());
  }

  @Test
  void noMoreRunThanItSays() {
    var inside = new AtomicInteger();
    var goOn = new Semaphore(0);
    var job = resize.concurrency(3).runs((_, picture) -> {
      inside.incrementAndGet();
      goOn.acquire();
      inside.decrementAndGet();
      return new Thumbnail(picture.name);
    });
    try (Jobs jobs = start(job)) {
      for (int i = 0; i < 10; i++) {
        jobs.submit(job, new Picture("cat", i));
      }
      for (int left = 10; left > 0; left--) {
        int expected = Math.min(3, left);
        Waiting.until(() -> inside.get() == expected);
        assertEquals(expected, queue.list(JobState.RUNNING, 100).size());
        int before = left;
        goOn.release();
        Waiting.until(() -> queue.list(JobState.DONE, 100).size() == 11 - before);
      }
    }
  }

  @Test
  void aFailureIsTriedAgainAndSaysNothingOfItsInside() throws Exception {
    var job = resize.runs((run, picture) -> {
      if (run.attempt() < 3) {
        throw new IllegalStateException("password=hunter2 at 10.0.0.7");
      }
      return new Thumbnail(picture.name);
    });
    try (Jobs jobs = start(job)) {
      JobId id = jobs.submit(job, new Picture("cat", 1)).id();
      Waiting.until(() -> jobs.status(id).orElseThrow().error().isPresent());
      String error = jobs.status(id).orElseThrow().error().orElseThrow();
      assertTrue(error.startsWith("attempt 1 failed; tell the keeper of the server this id: "), error);
      Waiting.idly(clock, queue, () -> jobs.status(id).orElseThrow().state() == JobState.DONE);
      assertEquals(3, jobs.status(id).orElseThrow().attempts());
      assertEquals(Optional.empty(), jobs.status(id).orElseThrow().error());
    }
  }

  @Test
  void whatAlwaysFailsIsADeadLetterUntilItIsBroughtBack() throws Exception {
    var broken = new AtomicInteger(1);
    var job = resize.retries(RetryPolicy.DEFAULT.withAttempts(3)).runs((_, picture) -> {
      if (broken.get() == 1) {
        throw new HttpError(502, "the model does not answer");
      }
      return new Thumbnail(picture.name);
    });
    try (Jobs jobs = start(job)) {
      JobId id = jobs.submit(job, new Picture("cat", 1)).id();
      Waiting.idly(clock, queue, () -> jobs.status(id).orElseThrow().state() == JobState.DEAD);
      JobStatus dead = jobs.status(id).orElseThrow();
      assertEquals(3, dead.attempts());
      assertEquals(Optional.of("the model does not answer"), dead.error());
      assertEquals(List.of(dead), jobs.deadLetters(10));
      broken.set(0);
      assertTrue(jobs.requeue(id).isPresent());
      assertEquals(JobState.DONE, ended(jobs, id).state());
      assertEquals(Optional.empty(), jobs.requeue(id));
      assertEquals(List.of(), jobs.deadLetters(10));
    }
  }

  @Test
  void aPermanentFailureIsTheLastOne() throws Exception {
    var job = resize.runs((_, picture) -> {
      throw new PermanentFailure("no picture " + picture.name);
    });
    try (Jobs jobs = start(job)) {
      JobStatus dead = ended(jobs, jobs.submit(job, new Picture("cat", 1)).id());
      assertEquals(JobState.DEAD, dead.state());
      assertEquals(1, dead.attempts());
      assertEquals(Optional.of("no picture cat"), dead.error());
    }
  }

  @Test
  void whatKillsItsProcessIsGivenUpToo() throws Exception {
    var ran = new AtomicInteger();
    var job = resize.retries(RetryPolicy.DEFAULT.withAttempts(2)).runs((_, picture) -> {
      ran.incrementAndGet();
      return new Thumbnail(picture.name);
    });
    JobId id = Jobs.over(queue).time(clock).submitOnly().submit(job, new Picture("bomb", 1)).id();
    for (int crash = 0; crash < 2; crash++) { // taken, and never heard of again
      assertEquals(1, queue.lease("resize", 1, "crasher", Duration.ofSeconds(1)).size());
      clock.advance(Duration.ofSeconds(2));
    }
    try (Jobs jobs = start(job)) {
      JobStatus dead = ended(jobs, id);
      assertEquals(JobState.DEAD, dead.state());
      assertEquals(Optional.of("given up: 2 attempts did not end"), dead.error());
    }
    assertEquals(0, ran.get());
  }

  @Test
  void whatIsPutOffWaits() {
    var job = resize.runs((_, picture) -> new Thumbnail(picture.name));
    try (Jobs jobs = start(job)) {
      JobId later = jobs.submit(job, new Picture("late", 1), JobOptions.NONE.withRunAt(clock.instant()
          .plusSeconds(60))).status().id();
      JobId now = jobs.submit(job, new Picture("now", 1)).id();
      Waiting.until(() -> jobs.result(job, now).isPresent());
      Waiting.idly(clock, queue, () -> jobs.result(job, later).isPresent());
      JobStatus done = jobs.status(later).orElseThrow();
      assertFalse(done.changed().isBefore(done.created().plusSeconds(60)));
    }
  }

  @Test
  void sizesAreLimited() throws Exception {
    var job = resize.sizes(100, 100).runs((_, picture) -> new Thumbnail("x".repeat(picture.width)));
    try (Jobs jobs = start(job)) {
      JobRefused refused = assertThrows(JobRefused.class, () -> jobs.submit(job, new Picture("x".repeat(100), 1)));
      assertEquals(413, refused.status());
      assertEquals("input of a resize job: 121 bytes of JSON (expected: at most 100)", refused.detail());
      JobStatus dead = ended(jobs, jobs.submit(job, new Picture("", 200)).id());
      assertEquals(Optional.of("result: 211 bytes of JSON (expected: at most 100)"), dead.error());
      assertEquals(JobState.DEAD, dead.state());
    }
  }

  @Test
  void anInputOfAnotherVersionIsNotTriedForLong() throws Exception {
    var old = OriginJob.named("resize", Thumbnail.class, Thumbnail.class);
    try (Jobs jobs = start(resize.runs((_, picture) -> new Thumbnail(picture.name)))) {
      JobStatus dead = ended(jobs, jobs.submit(old, new Thumbnail("cat")).id());
      assertEquals(JobState.DEAD, dead.state());
      assertTrue(dead.error().orElseThrow().startsWith("the input does not fit this version of the job: "), dead
          .toString());
    }
  }

  @Test
  void oldJobsAreForgotten() throws Exception {
    var job = resize.runs((_, picture) -> {
      if (picture.width == 0) {
        throw new PermanentFailure("no width");
      }
      return new Thumbnail(picture.name);
    });
    try (Jobs jobs = Jobs.over(queue)
        .time(clock)
        .doing(job)
        .keeping(Duration.ofHours(1), Duration.ofHours(2))
        .start()) {
      JobId done = jobs.submit(job, new Picture("cat", 1), "k").id();
      JobId dead = jobs.submit(job, new Picture("cat", 0)).id();
      ended(jobs, done);
      ended(jobs, dead);
      clock.advance(Duration.ofMinutes(59));
      assertTrue(jobs.status(done).isPresent());
      Waiting.idly(clock, queue, () -> jobs.status(done).isEmpty());
      assertTrue(jobs.status(dead).isPresent());
      assertFalse(jobs.submit(job, new Picture("dog", 1), JobOptions.NONE.withKey("k")).repeated());
      Waiting.idly(clock, queue, () -> jobs.status(dead).isEmpty());
    }
  }

  @Test
  void badSettingsAreRefusedAtTheStart() {
    assertThrows(IllegalArgumentException.class, () -> OriginJob.named("Not A Name", String.class, String.class));
    assertThrows(IllegalArgumentException.class, () -> resize.concurrency(0));
    assertThrows(IllegalArgumentException.class, () -> resize.timeout(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> resize.lease(Duration.ofSeconds(-1)));
    assertThrows(IllegalArgumentException.class, () -> resize.sizes(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(0, Duration.ofSeconds(1), LONG));
    assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(1, LONG, Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> Jobs.over(queue).doing(resize), "it does not say how it runs");
    var job = resize.runs((_, picture) -> new Thumbnail(picture.name));
    assertThrows(IllegalArgumentException.class, () -> Jobs.over(queue).doing(job, job));
    assertThrows(IllegalArgumentException.class, () -> Jobs.over(queue).keeping(Duration.ZERO, LONG));
    assertThrows(IllegalArgumentException.class, () -> new Progress(Double.NaN, ""));
    assertThrows(IllegalArgumentException.class, () -> JobOptions.NONE.withKey(""));
    assertThrows(IllegalArgumentException.class, () -> Jobs.over(queue).webhooks(Webhooks.by(_ -> true)));
    try (Jobs jobs = Jobs.over(queue).submitOnly()) {
      HttpError refused = assertThrows(HttpError.class, () -> jobs.submit(job, new Picture("cat", 1), JobOptions.NONE
          .withWebhook(URI.create("https://a.example/"))));
      assertEquals(400, refused.status());
    }
  }

  @Test
  void aLateCallerIsNotKeptWaiting() throws Exception {
    var never = new CountDownLatch(1);
    var job = resize.runs((_, picture) -> {
      never.await();
      return new Thumbnail(picture.name);
    });
    try (Jobs jobs = start(job)) {
      JobId id = jobs.submit(job, new Picture("cat", 1)).id();
      assertFalse(jobs.await(id, Duration.ZERO).orElseThrow().state().hasEnded());
      assertEquals(Optional.empty(), jobs.await(JobId.random(), LONG));
      never.countDown();
    }
  }
}
