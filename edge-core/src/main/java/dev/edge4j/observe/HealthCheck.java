package dev.edge4j.observe;

import dev.edge4j.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A check under its name. Safe for use by many threads. */
final class HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final String name;
  private final boolean critical;
  private final Health.Check check;
  private final AtomicBoolean running = new AtomicBoolean();
  /** So that the log tells of a change, and not of each probe. */
  private final AtomicBoolean failing = new AtomicBoolean();

  HealthCheck(String name, boolean critical, Health.Check check) {
    this.name = name;
    this.critical = critical;
    this.check = check;
  }

  /**
   * How it went.
   *
   * @param error what may be told of why it failed; empty if it passed
   */
  record Outcome(String name, boolean isCritical, Duration took, Optional<String> error) {
    /** As the draft has it (section 4). */
    Map<String, Object> members() {
      var members = new LinkedHashMap<String, Object>();
      members.put("status", error.isEmpty() ? "pass" : isCritical ? "fail" : "warn");
      members.put("observedValue", took.toMillis());
      members.put("observedUnit", "ms");
      error.ifPresent(text -> members.put("output", text));
      return members;
    }
  }

  String name() {
    return name;
  }

  /** Runs it on a thread of its own, for at most that long. The future always completes, and never with an error. */
  CompletableFuture<Outcome> ask(TimeSource time, Duration within) {
    if (!running.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(
          new Outcome(name, critical, Duration.ZERO, Optional.of("hangs since it was asked before")));
    }
    var outcome = new CompletableFuture<Outcome>();
    long began = time.nanoTime();
    Thread thread = Thread.ofVirtual().name("edge4j-health-" + name).start(() -> {
      Optional<Throwable> error = run();
      running.set(false);
      Duration took = Duration.ofNanos(time.nanoTime() - began);
      if (outcome.complete(new Outcome(name, critical, took, error.map(e -> e.getClass().getName())))) {
        error.ifPresentOrElse(this::failed, this::passed);
      }
    });
    TimeSource.Timer timer = time.after(within, () -> {
      if (outcome.complete(new Outcome(name, critical, within, Optional.of("took longer than " + within)))) {
        thread.interrupt();
        failed(new TimeoutException("took longer than " + within));
      }
    });
    var _ = outcome.thenRun(timer::cancel);
    return outcome;
  }

  private Optional<Throwable> run() {
    try {
      check.run();
      return Optional.empty();
    } catch (Throwable e) { // an error too: who is asked how he is does not fall silent
      return Optional.of(e);
    }
  }

  private void failed(Throwable error) {
    if (!failing.getAndSet(true)) {
      LOG.warn("health check {} fails", name, error);
    }
  }

  private void passed() {
    if (failing.getAndSet(false)) {
      LOG.info("health check {} passes again", name);
    }
  }
}
