package dev.edge4j.state.runtime;

import dev.edge4j.state.store.AlarmRow;
import java.util.Optional;

/**
 * The alarm that a turn runs for, and what is to be there in its place once that turn has committed: nothing, or its next time. What the handler sets
 * under the same name wins.
 *
 * @param fired as it was found; the very row of the activation
 */
record UsedAlarm(AlarmRow fired, Optional<AlarmRow> after) {
  void putInto(TurnBuffer buffer) {
    buffer.alarms().put(fired.name(), after);
  }

  /** Keeps the using up out of a part of the turn that commits before the end. */
  void move(TurnBuffer taken, TurnBuffer rest) {
    if (after.equals(taken.alarms().get(fired.name()))) {
      taken.alarms().remove(fired.name());
      putInto(rest);
    }
  }

  /** Other turns may have set or cancelled the alarm meanwhile: then it is not this turn's any more. */
  void checkStill(Activation<?> activation, TurnBuffer buffer) {
    if (!isStill(activation) && after.equals(buffer.alarms().get(fired.name()))) {
      buffer.alarms().remove(fired.name());
    }
  }

  @SuppressWarnings("ReferenceEquality") // one that was set anew is another, though it look the same
  boolean isStill(Activation<?> activation) {
    return activation.alarms().get(fired.name()) == fired;
  }
}
