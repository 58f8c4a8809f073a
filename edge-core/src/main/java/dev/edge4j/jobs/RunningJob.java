package dev.edge4j.jobs;

import dev.edge4j.HttpError;
import dev.edge4j.TimeSource;
import dev.edge4j.log.Failures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt: runs the work, keeps the lease meanwhile, and tells the queue what came of it. */
final class RunningJob implements JobRun {
  private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);
  private static final Duration REPORT_EVERY = Duration.ofMillis(250);
  private static final int BEATS_PER_LEASE = 3;

  /** Why an attempt is not wanted any more. */
  enum Stop {
    NOT, TIMEOUT,
    /** Cancelled, or somebody else's. */
    LOST,
    /** The process stops. */
    DRAIN
  }

  private final Desk desk;
  private final OriginJob<?, ?> job;
  private final LeasedJob leased;
  private final Thread thread = Thread.currentThread();
  private final ReentrantLock lock = new ReentrantLock();
  private boolean active = true;
  private volatile Stop stop = Stop.NOT;
  private long reported;
  private volatile TimeSource.Timer beat = () -> {
    // None yet.
  };

  /** On the thread that will {@link #run} it. */
  RunningJob(Desk desk, OriginJob<?, ?> job, LeasedJob leased) {
    this.desk = desk;
    this.job = job;
    this.leased = leased;
    this.reported = desk.time().nanoTime() - REPORT_EVERY.toNanos();
  }

  // ---- as the job sees it

  @Override
  public JobId id() {
    return leased.status().id();
  }

  @Override
  public int attempt() {
    return leased.status().attempts();
  }

  @Override
  public boolean stopped() {
    return stop != Stop.NOT;
  }

  @Override
  public void progress(double fraction, String note) {
    var progress = new Progress(fraction, note);
    if (!isReportDue() || stopped()) {
      return;
    }
    try {
      if (desk.apply(new JobChange.Report(leased.claim(), progress)).isEmpty()) {
        stop(Stop.LOST);
      }
    } catch (RuntimeException e) { // the work is worth more than the word about it
      Failures.LOG.error(LOG, "the progress of " + this + " was not kept", e);
    }
  }

  private boolean isReportDue() {
    long now = desk.time().nanoTime();
    lock.lock();
    try {
      boolean due = now - reported >= REPORT_EVERY.toNanos();
      reported = due ? now : reported;
      return due;
    } finally {
      lock.unlock();
    }
  }

  // ---- as its worker sees it

  void run() {
    JobChange outcome;
    if (attempt() > job.retries().attempts()) { // whoever began the last one has died of it
      outcome = buried("given up: " + (attempt() - 1) + " attempts did not end");
    } else {
      TimeSource.Timer deadline = desk.time().after(job.timeout(), () -> stop(Stop.TIMEOUT));
      beatLater();
      outcome = attempted();
      beat.cancel();
      deadline.cancel();
    }
    settle(outcome);
  }

  /** Interrupts the work, once. Does not block. */
  void stop(Stop why) {
    lock.lock();
    try {
      if (active && stop == Stop.NOT) {
        stop = why;
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives the job back although its thread is still at it; what that says from then on is refused. */
  void abandon() {
    LOG.warn("{} does not heed its interrupt; it is given back while it still runs", this);
    settle(new JobChange.Release(leased.claim()));
  }

  private JobChange attempted() {
    try {
      byte[] result = job.perform(this, leased.payload(), desk.json());
      leave();
      return new JobChange.Complete(leased.claim(), result, after(JobState.DONE, Optional.empty()));
    } catch (Throwable e) { // whatever it is, the job must not hang
      leave();
      return failed(e);
    }
  }

  /** From here on nobody interrupts this thread. */
  private void leave() {
    lock.lock();
    try {
      active = false;
      Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }

  private JobChange failed(Throwable e) {
    if (stop == Stop.DRAIN || stop == Stop.LOST) {
      LOG.debug("{} was stopped: {}", this, stop, e);
      return new JobChange.Release(leased.claim()); // refused, if it is lost
    }
    String error = stop == Stop.TIMEOUT ? "attempt " + attempt() + " took longer than " + job.timeout() : text(e);
    return e instanceof PermanentFailure || attempt() >= job.retries().attempts() ? buried(error)
        : new JobChange.Retry(leased.claim(), error, job.retries().delay(attempt(), desk.random().getAsDouble()));
  }

  /** What may be told: an unexpected error says nothing outside, but for an id that stands in the log beside it. */
  private String text(Throwable e) {
    return switch (e) {
      case PermanentFailure known -> String.valueOf(known.getMessage());
      case HttpError known -> known.detail();
      case Webhooks.NotTaken known -> String.valueOf(known.getMessage());
      default -> {
        String id = UUID.randomUUID().toString();
        Failures.LOG.error(LOG, "error " + id + " in attempt " + attempt() + " of " + this, e);
        yield "attempt " + attempt() + " failed; tell the keeper of the server this id: " + id;
      }
    };
  }

  private JobChange buried(String error) {
    LOG.warn("{} is a dead letter: {}", this, error);
    return new JobChange.Bury(leased.claim(), error, after(JobState.DEAD, Optional.of(error)));
  }

  private List<NewJob> after(JobState end, Optional<String> error) {
    return Delivery.of(leased.status(), end, error, desk);
  }

  private void settle(JobChange outcome) {
    try {
      if (desk.apply(outcome).isEmpty()) {
        LOG.debug("{} was no longer ours at its end", this);
      }
    } catch (RuntimeException e) {
      Failures.LOG.error(LOG, "the end of " + this + " was not kept; it is done again once its lease is over", e);
    }
  }

  // ---- lease

  /** Timers may not block, and a queue may: hence the thread. */
  private void beatLater() {
    beat = desk.time()
        .after(job.lease().dividedBy(BEATS_PER_LEASE), () -> Thread.ofVirtual()
            .name("edge4j-job-lease")
            .start(this::renew));
  }

  private void renew() {
    if (!isActive()) {
      return;
    }
    try {
      if (desk.queue().apply(new JobChange.Renew(leased.claim(), job.lease())).isEmpty()) {
        stop(Stop.LOST);
        return;
      }
    } catch (RuntimeException e) {
      Failures.LOG.error(LOG, "the lease of " + this + " was not renewed", e);
    }
    beatLater();
  }

  /** One that was told to stop and does not is not kept alive: at the end of its lease somebody else may have the job. */
  private boolean isActive() {
    lock.lock();
    try {
      return active && stop == Stop.NOT;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return job.name() + " job " + id();
  }
}
