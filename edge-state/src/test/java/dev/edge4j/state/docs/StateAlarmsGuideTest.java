package dev.edge4j.state.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.Alarm;
import dev.edge4j.state.AlarmHandler;
import dev.edge4j.state.DurableObject;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectInfo;
import dev.edge4j.state.ObjectState;
import dev.edge4j.state.RetryPolicy;
import dev.edge4j.state.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/state.md on alarms and on finding objects. */
class StateAlarmsGuideTest {
  public interface Table {
    void hold(String guest, Duration atMost);
  }

  // tag::alarms[]
  static final class HeldTable extends DurableObject implements Table, AlarmHandler {
    private static final RetryPolicy SOON = new RetryPolicy(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 10);

    HeldTable(ObjectState state) {
      super(state);
    }

    @Override
    public void hold(String guest, Duration atMost) {
      attributes().set("state", "held");
      alarms().set("release", Schedule.in(atMost), guest, SOON);
      alarms().set("sweep", Schedule.cron("0 3 * * *", ZoneId.of("Europe/Berlin")));
    }

    @Override
    public void alarm(Alarm alarm) { // a turn: used up by its commit, tried again if it throws
      if (alarm.name().equals("release")) {
        attributes().set("state", "free");
        storage().put("last guest", alarm.payload(String.class).orElseThrow());
      }
    }
  }
  // end::alarms[]

  @TempDir private Path folder;

  @Test
  void aTableIsReleased() {
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      Namespace<Table> tables = objects.namespace("table", Table.class, HeldTable::new);
      tables.get("7").hold("Ada", Duration.ofMillis(20));
      while (tables.find("state", "free", "", 10).isEmpty()) {
        Thread.onSpinWait();
      }
      // tag::find[]
      List<String> free = tables.find("state", "free", "", 100); // by an attribute, page by page
      List<String> all = tables.list("", 100);
      ObjectInfo seven = tables.inspect("7"); // wakes nobody
      // end::find[]
      assertEquals(List.of("7"), free);
      assertEquals(List.of("7"), all);
      assertEquals(Set.of("sweep"), seven.alarms().keySet());
      assertTrue(seven.entries().containsKey("last guest"));
    }
  }
}
