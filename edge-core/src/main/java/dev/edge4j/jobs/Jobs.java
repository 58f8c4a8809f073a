package dev.edge4j.jobs;

import dev.edge4j.BadRequest;
import dev.edge4j.TimeSource;
import dev.edge4j.json.JsonCodec;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Takes jobs and, where it is told to, does them: {@code Jobs.over(queue).doing(inference).start()}. A process that only hands in ends with {@code
 * submitOnly()} instead; both see the same queue. Safe for use by many threads.
 *
 * <p>Each kind has workers on virtual threads, as many as its {@link OriginJob#concurrency}. A job that fails is tried again by its {@link
 * RetryPolicy} and then kept as a dead letter. What has ended is kept for a time and then forgotten, with its result and its key.
 */
public final class Jobs implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Desk desk;
  private final Optional<Webhooks> webhooks;
  private final List<Worker> workers = new ArrayList<>();
  private final Optional<Sweeper> sweeper;

  private Jobs(Setup setup, boolean working) {
    this.desk = new Desk(setup.queue, setup.json, setup.time, new Watchers(setup.time), "process "
        + ProcessHandle.current().pid() + " " + UUID.randomUUID(), () -> ThreadLocalRandom.current().nextDouble(),
        this::wake);
    this.webhooks = setup.webhooks;
    this.sweeper = working ? Optional.of(new Sweeper(desk, setup.keepDone, setup.keepDead)) : Optional.empty();
    if (working) {
      setup.kinds.forEach(kind -> workers.add(new Worker(desk, kind)));
      webhooks.ifPresent(hooks -> workers.add(new Worker(desk, Delivery.job(hooks, desk))));
    }
    workers.forEach(Worker::start);
    sweeper.ifPresent(Sweeper::start);
  }

  /** Over a queue, which stays open when this is closed. */
  public static Setup over(JobQueue queue) {
    return new Setup(queue, List.of(), Optional.empty(), JsonCodec.jackson(), TimeSource.system(), Duration.ofDays(1),
        Duration.ofDays(14));
  }

  /** What is said before the start. Immutable; each method makes a copy. */
  public static final class Setup {
    private final JobQueue queue;
    private final List<OriginJob<?, ?>> kinds;
    private final Optional<Webhooks> webhooks;
    private final JsonCodec json;
    private final TimeSource time;
    private final Duration keepDone;
    private final Duration keepDead;

    private Setup(JobQueue queue, List<OriginJob<?, ?>> kinds, Optional<Webhooks> webhooks, JsonCodec json,
        TimeSource time, Duration keepDone, Duration keepDead) {
      this.queue = queue;
      this.kinds = kinds;
      this.webhooks = webhooks;
      this.json = json;
      this.time = time;
      this.keepDone = keepDone;
      this.keepDead = keepDead;
    }

    /** Does these, too. Throws {@link IllegalArgumentException} for one that does not say how it runs, and for a name that is there. */
    public Setup doing(OriginJob<?, ?>... jobs) {
      var all = new ArrayList<OriginJob<?, ?>>(kinds);
      for (OriginJob<?, ?> job : jobs) {
        if (!job.hasWork() || all.stream().anyMatch(other -> other.name().equals(job.name()))) {
          throw new IllegalArgumentException("job: " + job.name() + " (expected: a name of its own, and runs(...))");
        }
        all.add(job);
      }
      return new Setup(queue, List.copyOf(all), webhooks, json, time, keepDone, keepDead);
    }

    /** Tells these of the end of a job that asks for it. */
    public Setup webhooks(Webhooks hooks) {
      return new Setup(queue, kinds, Optional.of(hooks.checked()), json, time, keepDone, keepDead);
    }

    /** Takes another codec for inputs and results. */
    public Setup json(JsonCodec codec) {
      return new Setup(queue, kinds, webhooks, codec, time, keepDone, keepDead);
    }

    /** Takes another time for timeouts, leases and retries; the queue has its own. */
    public Setup time(TimeSource source) {
      return new Setup(queue, kinds, webhooks, json, source, keepDone, keepDead);
    }

    /** How long what was done or cancelled is kept, and how long a dead letter: a day and 14 days unless this says else. */
    public Setup keeping(Duration done, Duration dead) {
      if (!done.isPositive() || !dead.isPositive()) {
        throw new IllegalArgumentException("keeping: " + done + ", " + dead + " (expected: more than zero)");
      }
      return new Setup(queue, kinds, webhooks, json, time, done, dead);
    }

    /** Begins to do jobs. */
    public Jobs start() {
      return new Jobs(this, true);
    }

    /** Hands jobs in and looks them up, and does none. */
    public Jobs submitOnly() {
      return new Jobs(this, false);
    }
  }

  // ---- handing in

  /** Hands in a job, due at once. It is kept when this returns. */
  public <I> JobStatus submit(OriginJob<I, ?> job, I input) {
    return submit(job, input, JobOptions.NONE).status();
  }

  /** As {@link #submit(OriginJob, Object)}; handed in again under the same key, it is the same job. */
  public <I> JobStatus submit(OriginJob<I, ?> job, I input, String key) {
    return submit(job, input, JobOptions.NONE.withKey(key)).status();
  }

  /**
   * Hands in a job. Throws {@link JobRefused} if it is too large, the queue is full, or the key was used for another input or webhook, and {@link
   * BadRequest} for a webhook that is not allowed; an input is the same if its JSON is.
   */
  public <I> Enqueued submit(OriginJob<I, ?> job, I input, JobOptions options) {
    options.webhook().ifPresent(this::check);
    var order = new JobOrder(JobId.random(), job.name(), options.scope(), options.key(), options.webhook()
        .map(URI::toString));
    Enqueued enqueued = desk.queue()
        .enqueue(new NewJob(order, job.encode(input, desk.json()), options.runAt()
            .orElse(Instant.EPOCH)));
    wake(job.name());
    return enqueued;
  }

  private void check(URI webhook) {
    if (webhook.toString().length() > JobOrder.MAX_TEXT || webhooks.filter(hooks -> hooks.allows(webhook)).isEmpty()) {
      throw new BadRequest("webhook", "is not among the allowed targets");
    }
  }

  // ---- looking up

  /** How a job stands; empty for one that is unknown or forgotten. */
  public Optional<JobStatus> status(JobId id) {
    return desk.queue().status(id);
  }

  /** The result of a job of that kind that is done. */
  public <O> Optional<O> result(OriginJob<?, O> job, JobId id) {
    return status(id).filter(status -> status.kind().equals(job.name()))
        .flatMap(_ -> desk.queue().result(id))
        .map(bytes -> job.decode(bytes, desk.json()));
  }

  /** Waits until a job has ended, or that time is over; how it stands then. */
  public Optional<JobStatus> await(JobId id, Duration timeout) throws InterruptedException {
    long until = desk.time().nanoTime() + timeout.toNanos();
    try (Watchers.Watch watch = watch(id)) {
      while (true) {
        Optional<JobStatus> status = status(id);
        Duration left = Duration.ofNanos(until - desk.time().nanoTime());
        if (status.isEmpty() || status.get().state().hasEnded() || !left.isPositive()) {
          return status;
        }
        watch.await(left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
      }
    }
  }

  /** Dead letters, the last one first. */
  public List<JobStatus> deadLetters(int limit) {
    return desk.queue().list(JobState.DEAD, limit);
  }

  // ---- changing

  /** Takes a job back; empty if it has ended. One that runs here is interrupted at once, one elsewhere within a third of its lease. */
  public Optional<JobStatus> cancel(JobId id) {
    List<NewJob> then = status(id).map(job -> Delivery.of(job, JobState.CANCELLED, job.error(), desk))
        .orElse(List
            .of());
    Optional<JobStatus> cancelled = desk.apply(new JobChange.Cancel(id, then));
    cancelled.ifPresent(_ -> workers.forEach(worker -> worker.cancelled(id)));
    return cancelled;
  }

  /** Brings a dead letter back, with all its attempts; empty if it is none. */
  public Optional<JobStatus> requeue(JobId id) {
    Optional<JobStatus> waiting = desk.apply(new JobChange.Requeue(id));
    waiting.ifPresent(job -> wake(job.kind()));
    return waiting;
  }

  /** As {@link #close(Duration)}, with ten seconds. */
  @Override
  public void close() {
    close(GRACE);
  }

  /**
   * Takes no more jobs and lets those that run end. Who still runs after that time is interrupted, and a second later his job is given back: it is due
   * at once, and the attempt does not count.
   */
  public void close(Duration grace) {
    sweeper.ifPresent(Sweeper::stop);
    long until = System.nanoTime() + grace.toNanos();
    try {
      for (Worker worker : workers) {
        worker.stop();
      }
      for (Worker worker : workers) {
        worker.awaitIdle(Duration.ofNanos(until - System.nanoTime()));
      }
      workers.forEach(worker -> worker.running().forEach(run -> run.stop(RunningJob.Stop.DRAIN)));
      for (Worker worker : workers) {
        worker.awaitIdle(AFTER_INTERRUPT);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // whoever closes is in a hurry: leases end by themselves
    }
    workers.forEach(worker -> worker.running().forEach(RunningJob::abandon));
  }

  // ---- for the web

  Watchers.Watch watch(JobId id) {
    return desk.watchers().watch(id);
  }

  /** For tests: somebody wants to know of changes to that job. */
  boolean isWatched(JobId id) {
    return desk.watchers().has(id);
  }

  /** For tests: somebody has been told how that job stands, and waits for its next change. */
  boolean isAwaited(JobId id) {
    return desk.watchers().isAwaited(id);
  }

  JsonCodec json() {
    return desk.json();
  }

  /** As the web sees it. */
  byte[] view(JobStatus job) {
    return JobView.of(job, job.state() == JobState.DONE ? desk.queue().result(job.id()) : Optional.empty(), json());
  }

  private void wake(String kind) {
    workers.stream().filter(worker -> worker.kind().equals(kind)).forEach(Worker::wake);
  }
}
