package dev.edge4j.state.runtime;

import dev.edge4j.state.Alarms;
import dev.edge4j.state.RetryPolicy;
import dev.edge4j.state.Schedule;
import dev.edge4j.state.limit.Limits;
import dev.edge4j.state.store.AlarmRow;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The alarms of one object, for the thread that runs a turn of it. */
final class TurnAlarms implements Alarms {
  private final Resident<?> resident;

  TurnAlarms(Resident<?> resident) {
    this.resident = resident;
  }

  @Override
  public void set(String name, Schedule schedule) {
    set(name, schedule, Optional.empty(), RetryPolicy.defaults());
  }

  @Override
  public void set(String name, Schedule schedule, Object payload) {
    set(name, schedule, payload, RetryPolicy.defaults());
  }

  @Override
  public void set(String name, Schedule schedule, Object payload, RetryPolicy retry) {
    byte[] json = resident.host().options().codec().write(payload);
    Limits.checkValue("payload of alarm " + name, json);
    set(name, schedule, Optional.of(json), retry);
  }

  @Override
  public boolean cancel(String name) {
    Turn turn = Turn.changing(resident);
    boolean was = current(turn).containsKey(name);
    if (was) {
      turn.buffer().alarms().put(name, Optional.empty());
    }
    return was;
  }

  @Override
  public Optional<Instant> due(String name) {
    return Optional.ofNullable(current(Turn.of(resident)).get(name)).map(AlarmRow::due);
  }

  @Override
  public Map<String, Instant> all() {
    var all = new TreeMap<String, Instant>();
    current(Turn.of(resident)).forEach((name, alarm) -> all.put(name, alarm.due()));
    return all;
  }

  private void set(String name, Schedule schedule, Optional<byte[]> payload, RetryPolicy retry) {
    Turn turn = Turn.changing(resident);
    Limits.checkName("alarm", name);
    if (!resident.namespace().handlesAlarms()) {
      throw new IllegalArgumentException("alarm \"" + name + "\" of " + resident.id()
          + ": nothing would handle it (expected: a class that implements AlarmHandler)");
    }
    Instant first = schedule.first(resident.host().options().clock().instant())
        .map(AlarmRow::wholeMillis)
        .orElseThrow(() -> new IllegalArgumentException("alarm \"" + name + "\": " + schedule + " never comes"));
    turn.buffer().alarms().put(name, Optional.of(new AlarmRow(name, first, first, 0, schedule, retry, payload)));
  }

  private static Map<String, AlarmRow> current(Turn turn) {
    return Activation.overlaid(turn.activation().alarms(), turn.buffer().alarms());
  }
}
