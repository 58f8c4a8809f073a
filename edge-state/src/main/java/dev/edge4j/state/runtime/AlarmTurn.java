package dev.edge4j.state.runtime;

import dev.edge4j.state.Alarm;
import dev.edge4j.state.AlarmHandler;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.store.AlarmRow;
import dev.edge4j.state.store.DeadAlarm;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An alarm that goes off: a turn whose commit both uses the alarm up and holds what its handler did. If the handler throws, nothing of that remains, and
 * a commit of its own notes the failure, in the same stay at the mailbox's head, so that no other turn comes between.
 */
final class AlarmTurn<T> {
  private final Resident<T> resident;
  private final Call<Fired> call;
  private final Instant now;

  AlarmTurn(Resident<T> resident, Call<Fired> call) {
    this.resident = resident;
    this.call = call;
    this.now = resident.host().options().clock().instant();
  }

  /** Runs the alarm of that name as it is now, which may be other than it was when it was found. */
  void run(String name) {
    Activation<T> current = resident.activation();
    AlarmRow alarm = current.alarms().get(name);
    if (alarm == null || alarm.due().isAfter(now)) {
      call.complete(Fired.NOT_DUE);
      return;
    }
    var used = new UsedAlarm(alarm, next(alarm));
    var turn = new Turn(resident, current, false, Optional.empty());
    turn.begin(used);
    resident.turn(call, current, turn, instance -> {
      handle(instance, alarm);
      return Fired.USED_UP;
    }, _ -> Optional.empty(), thrown -> failed(used, thrown));
  }

  private void handle(T instance, AlarmRow alarm) throws Exception {
    if (!(instance instanceof AlarmHandler handler)) {
      throw new IllegalStateException(instance.getClass().getName() + " handles no alarms (expected: an AlarmHandler)");
    }
    handler.alarm(new Alarm(alarm.name(), alarm.planned(), alarm.failed(), alarm.payload(), resident.host()
        .options()
        .codec()));
  }

  private Optional<AlarmRow> next(AlarmRow alarm) {
    return alarm.schedule()
        .next(alarm.planned(), now)
        .map(AlarmRow::wholeMillis)
        .map(time -> new AlarmRow(alarm.name(), time, time, 0, alarm.schedule(), alarm.retry(), alarm.payload()));
  }

  private void failed(UsedAlarm used, Throwable thrown) {
    Instant at = resident.host().options().clock().instant();
    AlarmRow alarm = used.fired();
    int failed = alarm.failed() + 1;
    boolean again = alarm.retry().allows(failed);
    CompletableFuture<?> noted = resident.change((current, buffer) -> {
      if (!used.isStill(current)) {
        return; // another turn has set or cancelled it while this one was outside
      }
      if (again) {
        Instant due = at.plus(alarm.retry().pause(failed, ThreadLocalRandom.current().nextDouble()));
        buffer.alarms().put(alarm.name(), Optional.of(failed(alarm, AlarmRow.wholeMillis(due), failed)));
      } else {
        used.putInto(buffer);
        buffer.dead().add(new DeadAlarm(failed(alarm, alarm.due(), failed), thrown.toString(), at));
      }
    });
    resident.answerAfter(noted, call, new Fired.Failed(new TurnThrew(id(), thrown), again));
  }

  private ObjectId id() {
    return resident.id();
  }

  private static AlarmRow failed(AlarmRow alarm, Instant due, int failed) {
    return new AlarmRow(alarm.name(), due, alarm.planned(), failed, alarm.schedule(), alarm.retry(), alarm.payload());
  }
}
