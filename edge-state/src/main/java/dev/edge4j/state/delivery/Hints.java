package dev.edge4j.state.delivery;

import dev.edge4j.state.runtime.Signals;
import java.time.Instant;
import java.time.InstantSource;

/** What turns have left to be done soon, told to those who would else see it a second later. Safe for use by many threads. */
public final class Hints implements Signals {
  private final InstantSource clock;
  private final Bell alarms = new Bell();
  private final Bell messages = new Bell();
  private final Bell effects = new Bell();

  /** Hints that nobody listens to yet. */
  public Hints(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void alarmSet(Instant due) {
    if (due.isBefore(clock.instant().plus(Pump.LOOKS_EVERY))) {
      alarms.ring();
    }
  }

  @Override
  public void messageQueued() {
    messages.ring();
    effects.ring();
  }

  Bell alarms() {
    return alarms;
  }

  Bell messages() {
    return messages;
  }

  Bell effects() {
    return effects;
  }
}
