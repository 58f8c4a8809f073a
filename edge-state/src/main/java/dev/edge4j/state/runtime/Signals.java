package dev.edge4j.state.runtime;

import java.time.Instant;

/** What the runtime tells those who wait for alarms and messages. Called on the writer's thread: returns at once. */
public interface Signals {
  /** Tells nobody. */
  Signals NONE = new Signals() {
    @Override
    public void alarmSet(Instant due) {}

    @Override
    public void messageQueued() {}
  };

  /** Alarms have been set, the first for that time. */
  void alarmSet(Instant due);

  /** Messages have been queued. */
  void messageQueued();
}
