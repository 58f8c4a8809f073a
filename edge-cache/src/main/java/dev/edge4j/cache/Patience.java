package dev.edge4j.cache;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** How long one caller waits, for however many flights: both times run from its call on. */
record Patience(TimeSource time, Deadline soft, Deadline hard) {
  private static final TimeSource.Timer NO_TIMER = () -> {};

  static Patience of(Call call, TimeSource time) {
    Deadline own = call.options().hardTimeout().map(timeout -> Deadline.in(timeout, time)).orElse(Deadline.none());
    return new Patience(time, Deadline.in(call.options().softTimeout(), time), call.deadline().sooner(own));
  }

  /** Tells the waiter when a timeout comes, until it is closed. */
  Timers watch(Waiter<?> waiter, Supplier<String> complaint) {
    return new Timers(timer(soft, waiter, waiter::softTimeout), timer(hard, waiter, () -> waiter.hardTimeout(
        complaint)));
  }

  private TimeSource.Timer timer(Deadline deadline, Waiter<?> waiter, Runnable timeout) {
    Optional<Duration> left = deadline.remaining();
    if (left.isEmpty() || waiter.isAnswered()) {
      return NO_TIMER;
    }
    if (left.get().isPositive()) {
      return time.after(left.get(), timeout);
    }
    timeout.run();
    return NO_TIMER;
  }

  /** The timers of one wait. */
  record Timers(TimeSource.Timer soft, TimeSource.Timer hard) implements AutoCloseable {
    @Override
    public void close() {
      soft.cancel();
      hard.cancel();
    }
  }
}
