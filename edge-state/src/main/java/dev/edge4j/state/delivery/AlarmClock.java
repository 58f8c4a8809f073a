package dev.edge4j.state.delivery;

import dev.edge4j.state.ObjectId;
import dev.edge4j.state.ObjectOverloadedException;
import dev.edge4j.state.runtime.Fired;
import dev.edge4j.state.runtime.Host;
import dev.edge4j.state.runtime.LocalNamespace;
import dev.edge4j.state.runtime.Step;
import dev.edge4j.state.store.AlarmRow;
import dev.edge4j.state.store.ObjectStore.DueAlarm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has alarms go off, each as a turn of its object; those of one object one after another, as its mailbox would have it anyway. */
final class AlarmClock implements Source<DueAlarm> {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmClock.class);
  private static final int OF_ONE_OBJECT = 64;

  private final Host host;

  AlarmClock(Host host) {
    this.host = host;
  }

  @Override
  public String name() {
    return "alarms";
  }

  @Override
  public List<DueAlarm> due(Instant now, Optional<DueAlarm> after, int limit) {
    return host.store().due(now, after, limit);
  }

  @Override
  public Optional<Instant> next(Instant now) {
    return host.store().nextAlarm(now);
  }

  @Override
  public Object key(DueAlarm due) {
    return due.id();
  }

  @Override
  public String namespace(DueAlarm due) {
    return due.id().namespace();
  }

  @Override
  public Ending run(DueAlarm found, BooleanSupplier stop) {
    ObjectId id = found.id();
    LocalNamespace<?> namespace = host.namespace(id.namespace()).orElseThrow();
    List<AlarmRow> due = host.store().due(id, host.options().clock().instant(), OF_ONE_OBJECT);
    for (AlarmRow alarm : due) {
      if (stop.getAsBoolean()) {
        return Ending.DONE;
      }
      host.steps().at(Step.ALARM_FOUND, id);
      try {
        log(id, alarm, namespace.fire(id, alarm.name()));
      } catch (ObjectOverloadedException e) {
        LOG.debug("alarm \"{}\" waits: {}", alarm.name(), e.toString());
        return Ending.LATER;
      }
    }
    return due.size() < OF_ONE_OBJECT ? Ending.DONE : Ending.MORE;
  }

  private static void log(ObjectId id, AlarmRow alarm, Fired fired) {
    if (fired instanceof Fired.Failed failed) {
      LOG.warn("alarm \"{}\" of {} failed, {}", alarm.name(), id, failed.again() ? "will be tried again"
          : "is a dead letter now", failed.thrown().forCaller(new Class<?>[0]));
    }
  }
}
