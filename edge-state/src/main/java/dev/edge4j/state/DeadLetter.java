package dev.edge4j.state;

import java.time.Instant;

/**
 * An alarm, a message or an effect that was tried as often as its {@link RetryPolicy} says and failed each time. Kept until somebody has it tried
 * again or throws it away.
 *
 * @param number which one
 * @param kind what it was
 * @param from the object whose alarm, message or effect it is
 * @param what the name of the alarm or effect, or the object and method that the message was for
 * @param payload what it was to hand over, as JSON; empty for nothing
 * @param error how the last attempt failed
 * @param at when it was given up
 */
public record DeadLetter(long number, Kind kind, ObjectId from, String what, String payload, String error,
    Instant at) {
  /** What may be given up. */
  public enum Kind {
    ALARM, MESSAGE, EFFECT
  }
}
