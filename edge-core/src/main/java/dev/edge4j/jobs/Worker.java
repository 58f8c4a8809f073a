package dev.edge4j.jobs;

import dev.edge4j.log.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the jobs of one kind from the queue as there are places for them, and runs each on a virtual thread. */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  /** How soon jobs are seen that another process has handed in. */
  private static final Duration POLL = Duration.ofSeconds(1);
  /** Between looks at a queue whose clock is behind ours, or that others are faster at. */
  private static final Duration SHORTEST_POLL = Duration.ofMillis(10);

  private final Desk desk;
  private final OriginJob<?, ?> job;
  private final Semaphore places;
  private final Bell bell;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition fewer = lock.newCondition();
  /** Guarded by the lock; by claim, for a job whose lease was lost may come again while its old attempt still runs. */
  private final Map<Claim, RunningJob> running = new HashMap<>();
  private volatile boolean open = true;

  Worker(Desk desk, OriginJob<?, ?> job) {
    this.desk = desk;
    this.job = job;
    this.places = new Semaphore(job.concurrency());
    this.bell = new Bell(desk.time());
    this.thread = Thread.ofVirtual().name("edge4j-jobs " + job.name()).unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  String kind() {
    return job.name();
  }

  void wake() {
    bell.ring();
  }

  /** Somebody did not want it any more. */
  void cancelled(JobId id) {
    running().stream().filter(each -> each.id().equals(id)).forEach(each -> each.stop(RunningJob.Stop.LOST));
  }

  /** Takes no more jobs. */
  void stop() throws InterruptedException {
    open = false;
    wake();
    thread.join();
  }

  /** Waits until no job runs; false if some still did when the time was over. */
  boolean awaitIdle(Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (!running.isEmpty() && left > 0) {
        left = fewer.awaitNanos(left);
      }
      return running.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  List<RunningJob> running() {
    lock.lock();
    try {
      return List.copyOf(running.values());
    } finally {
      lock.unlock();
    }
  }

  private void loop() {
    try {
      while (open) {
        if (takeOn() == 0) {
          bell.await(idle());
        }
      }
    } catch (InterruptedException e) { // nobody does; whoever did wants it to end
      LOG.warn("the worker of {} was interrupted", job, e);
    }
  }

  /** Begins as many jobs as there are places; how many. */
  private int takeOn() {
    int free = places.drainPermits();
    int begun = 0;
    try {
      if (free > 0) {
        List<LeasedJob> leased = desk.queue().lease(job.name(), free, desk.owner(), job.lease());
        begun = leased.size();
        leased.forEach(this::begin);
      }
    } catch (RuntimeException | Error e) { // the worker must outlive whatever happens once
      Failures.LOG.error(LOG, "no " + job.name() + " jobs can be taken from the queue", e);
    } finally {
      places.release(free - begun);
    }
    return begun;
  }

  private void begin(LeasedJob leased) {
    desk.watchers().changed(leased.status().id());
    var ready = new Semaphore(0);
    Thread.ofVirtual().name("edge4j-job " + job.name() + " " + leased.status().id()).start(() -> {
      var run = new RunningJob(desk, job, leased);
      enter(leased.claim(), run);
      ready.release();
      try {
        run.run();
      } finally {
        exit(leased.claim());
      }
    });
    ready.acquireUninterruptibly(); // who stops us must see all that was begun
  }

  private void enter(Claim claim, RunningJob run) {
    lock.lock();
    try {
      running.put(claim, run);
    } finally {
      lock.unlock();
    }
  }

  private void exit(Claim claim) {
    lock.lock();
    try {
      running.remove(claim);
      fewer.signalAll();
    } finally {
      lock.unlock();
    }
    places.release();
    wake();
  }

  /** How long there is nothing to do, as far as we can see. */
  private Duration idle() {
    if (places.availablePermits() == 0) {
      return POLL;
    }
    try {
      Instant now = desk.time().instant();
      Duration wait = desk.queue().nextDue(job.name()).map(due -> Duration.between(now, due)).orElse(POLL);
      return wait.compareTo(SHORTEST_POLL) < 0 ? SHORTEST_POLL : wait.compareTo(POLL) < 0 ? wait : POLL;
    } catch (RuntimeException | Error e) {
      Failures.LOG.error(LOG, "the queue of " + job.name() + " jobs does not answer", e);
      return POLL;
    }
  }
}
