package dev.edge4j.cache.shared;

import dev.edge4j.resilience.BreakerOptions;
import dev.edge4j.resilience.CircuitBreaker;
import dev.edge4j.resilience.CircuitBreaker.Pass;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Calls something that may fail or hang, so that those who call do neither: a breaker keeps them from asking what is dead, and
 * nobody waits longer than {@link #PATIENCE}. What hangs goes on on a virtual thread of its own and counts as failed.
 */
final class Caller {
  /** How long anybody waits for one call. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A second layer is asked so often that a few calls tell, and so cheap to ask that a dead one may be asked soon again. */
  private static final BreakerOptions BREAKER = new BreakerOptions(Duration.ofSeconds(10), 5, 0.5, PATIENCE, 0.5,
      Duration.ofSeconds(1), Duration.ofSeconds(30), 1);

  private final CircuitBreaker breaker;
  private final boolean local;
  private final Failures failures;
  private final AtomicReference<Runnable> onAnswer = new AtomicReference<>(() -> {});

  /** Who is told that a call has failed. */
  interface Failures {
    void failed(Throwable cause);
  }

  /** For calls to what errors call {@code name}; a {@code local} one never hangs and is called on the caller's own thread. */
  Caller(String name, boolean local, InstantSource clock, Failures failures) {
    this.breaker = CircuitBreaker.of(name, BREAKER, new Ticks(clock)::nanos,
        () -> ThreadLocalRandom.current().nextDouble(), _ -> {});
    this.local = local;
    this.failures = failures;
  }

  CircuitBreaker.Position position() {
    return breaker.position();
  }

  /** Runs after each call that has succeeded. */
  void onAnswer(Runnable then) {
    onAnswer.set(then);
  }

  /** The result of a call; empty if it failed, took too long or was not made. */
  <T> Optional<T> call(Supplier<T> call) {
    Optional<Pass> pass = breaker.tryPass();
    if (pass.isEmpty()) {
      return Optional.empty();
    }
    if (local) {
      return made(pass.get(), call);
    }
    var result = new CompletableFuture<Optional<T>>();
    Thread.ofVirtual().name("cache-call").start(() -> {
      try {
        result.complete(made(pass.get(), call));
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    return waited(result).orElseGet(() -> {
      pass.get().failed();
      return Optional.empty();
    });
  }

  /** How an attempt ended. */
  enum Outcome {
    DONE,
    /** It is not to be done again: it was wrong, or is not wanted any more. */
    REFUSED,
    /** It may be better the next time. */
    FAILED
  }

  /** Does the work and waits until it has ended, however long that takes; after {@link #PATIENCE} it counts as failed. */
  Outcome attempt(Outbox.Work work) {
    Optional<Pass> pass = breaker.tryPass();
    if (pass.isEmpty()) {
      return Outcome.FAILED;
    }
    if (local) {
      return worked(pass.get(), work);
    }
    var outcome = new CompletableFuture<Outcome>();
    Thread.ofVirtual().name("cache-call").start(() -> {
      try {
        outcome.complete(worked(pass.get(), work));
      } finally {
        outcome.complete(Outcome.FAILED); // an Error
      }
    });
    if (waited(outcome).isEmpty()) {
      pass.get().failed();
    }
    return outcome.join();
  }

  private Outcome worked(Pass pass, Outbox.Work work) {
    boolean done;
    try {
      done = work.run();
    } catch (IllegalArgumentException e) {
      pass.succeeded(); // it did answer
      failures.failed(e);
      return Outcome.REFUSED;
    } catch (RuntimeException | Error e) { // whatever a store throws
      pass.failed();
      failures.failed(e);
      return Outcome.FAILED;
    }
    pass.succeeded();
    if (done) {
      onAnswer.get().run();
    }
    return done ? Outcome.DONE : Outcome.REFUSED;
  }

  /** Runs work here if what is called is local, else on a thread of its own. */
  void start(Runnable work) {
    if (local) {
      work.run();
    } else {
      Thread.ofVirtual().name("cache-call").start(work);
    }
  }

  /** True if it was done in time. */
  boolean await(CompletableFuture<Boolean> done) {
    try {
      return done.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("work ended in an error", e.getCause());
    }
  }

  /** The result, if it comes in time. */
  private <T> Optional<T> waited(CompletableFuture<T> result) {
    try {
      return Optional.of(result.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      failures.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a call ended in an error", e.getCause());
    }
    return Optional.empty();
  }

  private <T> Optional<T> made(Pass pass, Supplier<T> call) {
    try {
      T result = call.get();
      pass.succeeded();
      onAnswer.get().run();
      return Optional.of(result);
    } catch (IllegalArgumentException e) {
      pass.succeeded(); // it did answer
      failures.failed(e);
    } catch (RuntimeException | Error e) { // whatever a store throws
      pass.failed();
      failures.failed(e);
    }
    return Optional.empty();
  }
}
