package dev.edge4j.state;

import dev.edge4j.state.schedule.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** When an alarm goes off. */
public sealed interface Schedule {
  /** Once, at a time; a time that has passed means now. */
  record At(Instant time) implements Schedule {}

  /** Once, so long after the turn sets it. */
  record In(Duration delay) implements Schedule {
    public In {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("delay: " + delay + " (expected: not negative)");
      }
    }
  }

  /** Again and again at this distance, the first time one distance from now. Times that nobody was there for are left out. */
  record Every(Duration period) implements Schedule {
    public Every {
      if (period.toMillis() < 1) {
        throw new IllegalArgumentException("period: " + period + " (expected: at least a millisecond)");
      }
    }
  }

  /**
   * By the calendar of a place: minute, hour, day of month, month, day of week, as cron of Unix reads them. A time that the clock skips when
   * it is put forward comes right after; one that it repeats comes once. What is for every hour goes on at its even pace through both.
   */
  record Cron(String expression, ZoneId zone) implements Schedule {
    public Cron {
      CronSchedule.of(expression, zone);
    }
  }

  /** See {@link At}. */
  static Schedule at(Instant time) {
    return new At(time);
  }

  /** See {@link In}. */
  static Schedule in(Duration delay) {
    return new In(delay);
  }

  /** See {@link Every}. */
  static Schedule every(Duration period) {
    return new Every(period);
  }

  /** See {@link Cron}; throws {@link IllegalArgumentException} for an expression that is none, saying what is wrong. */
  static Schedule cron(String expression, ZoneId zone) {
    return new Cron(expression, zone);
  }

  /** The first time, seen from now; empty if it never comes. */
  default Optional<Instant> first(Instant now) {
    return switch (this) {
      case At at -> Optional.of(at.time());
      case In in -> Optional.of(now.plus(in.delay()));
      case Every every -> Optional.of(now.plus(every.period()));
      case Cron cron -> CronSchedule.of(cron.expression(), cron.zone()).next(now);
    };
  }

  /** The time after one that has come; empty if that was the last. */
  default Optional<Instant> next(Instant planned, Instant now) {
    return switch (this) {
      case At _,In _ -> Optional.empty();
      case Every every -> {
        long missed = Math.max(0, Duration.between(planned, now).toMillis() / every.period().toMillis());
        yield Optional.of(planned.plus(every.period().multipliedBy(missed + 1)));
      }
      case Cron cron -> CronSchedule.of(cron.expression(), cron.zone()).next(now);
    };
  }
}
