package dev.edge4j.state.runtime;

import dev.edge4j.data.QueryDeadline;
import dev.edge4j.state.CallOptions;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.ObjectOverloadedException;
import dev.edge4j.state.ObjectTimeoutException;
import dev.edge4j.state.Outcome;
import dev.edge4j.state.mailbox.Mailbox;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call: taken once from the object's mailbox, answered once, awaited by the caller's thread. */
final class Call<R extends @Nullable Object> implements Runnable {
  private final ObjectId id;
  private final CallOptions options;
  private final Optional<Duration> patience;
  private final long waitAtMost;
  private final Mailbox mailbox;
  private final Consumer<Call<R>> body;
  private final Runnable finished;
  private final Optional<Turn> caller = Turn.bound();
  private volatile boolean awaited = true;
  private final CompletableFuture<R> reply = new CompletableFuture<>();
  private final long offered = System.nanoTime();
  /** Taken either by the mailbox, to run the call, or by a caller that gives up before. */
  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * A call that is yet to be offered.
   *
   * @param waitAtMost how long it may wait for its turn
   * @param mailbox what it will be offered to
   * @param body answers it with {@link #complete} or {@link #fail}, then or later
   * @param finished runs once it is answered, or was given up
   */
  Call(ObjectId id, CallOptions options, Duration waitAtMost, Mailbox mailbox, Consumer<Call<R>> body,
      Runnable finished) {
    this.id = id;
    this.options = options;
    this.patience = patience(options);
    this.waitAtMost = waitAtMost.toNanos();
    this.mailbox = mailbox;
    this.body = body;
    this.finished = finished;
  }

  /** The turn that makes the call, if one does. */
  Optional<Turn> caller() {
    return caller;
  }

  /** Whether the caller has not given up. */
  boolean isAwaited() {
    return awaited;
  }

  CallOptions options() {
    return options;
  }

  @Override
  public void run() {
    if (!taken.compareAndSet(false, true)) {
      finished.run();
      return;
    }
    try {
      checkInTime(System.nanoTime() - offered);
      body.accept(this);
    } catch (ObjectException e) {
      fail(e);
    } catch (Throwable e) { // whatever it is, nothing has been handed to the store
      fail(new ObjectException(id + ": " + e, Outcome.NOT_EXECUTED, e));
    }
  }

  /** A caller that has given up may not have come round to saying so. */
  private void checkInTime(long waited) {
    if (patience.filter(time -> waited > time.toNanos()).isPresent()) {
      throw new ObjectTimeoutException(id + ": no reply in time", Outcome.NOT_EXECUTED);
    }
    if (waited > waitAtMost) {
      throw new ObjectOverloadedException(id + ": the call waited " + Duration.ofNanos(waited).toMillis()
          + " ms for its turn", Duration.ofSeconds(1));
    }
  }

  /** Answers another call of the same request as this one. */
  void answerToo(Call<R> other) {
    CompletableFuture<?> unused = reply.whenComplete((value, e) -> {
      if (e == null) {
        other.complete(value);
      } else {
        other.fail(e);
      }
    });
  }

  void complete(R value) {
    if (reply.complete(value)) {
      finished.run();
    }
  }

  void fail(Throwable e) {
    if (reply.completeExceptionally(e)) {
      finished.run();
    }
  }

  /** Waits for the reply; an interrupt or the deadline ends the wait, and the call too if it has not begun. */
  R await() throws TurnThrew {
    try {
      return patience.isPresent() ? reply.get(patience.get().toNanos(), TimeUnit.NANOSECONDS) : reply.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectException(id + ": interrupted while waiting for the reply", givenUp(), e);
    } catch (TimeoutException _) {
      Outcome outcome = givenUp();
      throw new ObjectTimeoutException(id + ": no reply in time", outcome);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  /** What is given up makes room in the mailbox at once. */
  private Outcome givenUp() {
    awaited = false;
    if (!taken.compareAndSet(false, true)) {
      return Outcome.UNKNOWN;
    }
    if (mailbox.withdraw(this)) {
      finished.run();
    }
    return Outcome.NOT_EXECUTED;
  }

  private RuntimeException rethrown(@Nullable Throwable e) throws TurnThrew {
    switch (e) {
      case TurnThrew threw -> throw threw;
      case ObjectException failed -> throw failed;
      case null, default -> throw new ObjectException(id + ": " + e, Outcome.UNKNOWN, e);
    }
  }

  private static Optional<Duration> patience(CallOptions options) {
    Optional<Duration> around = QueryDeadline.current().remaining();
    if (around.isEmpty() || options.timeout().isEmpty()) {
      return around.or(options::timeout);
    }
    return Optional.of(around.get().compareTo(options.timeout().get()) < 0 ? around.get() : options.timeout().get());
  }
}
