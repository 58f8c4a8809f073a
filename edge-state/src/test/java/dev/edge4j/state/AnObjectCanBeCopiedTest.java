package dev.edge4j.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.Migrations;
import dev.edge4j.json.JsonCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot is the state between two turns; put into an object it replaces all, in one commit. */
@Timeout(60)
class AnObjectCanBeCopiedTest {
  interface Plan {
    int add(String step);

    int size();
  }

  static final class KeptPlan extends DurableObject implements Plan, AlarmHandler {
    private int size;

    KeptPlan(ObjectState state) {
      super(state);
      size = storage().list("step:").size();
    }

    @Override
    public int add(String step) {
      storage().put("step:" + size, step);
      attributes().set("last", step);
      alarms().set(step, Schedule.in(Duration.ofDays(1 + size)), Map.of("step", step));
      return ++size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void alarm(Alarm alarm) {
      add("alarm");
    }
  }

  private static final DurableObjectsOptions OPTIONS = DurableObjectsOptions.defaults().withShards(1);

  @TempDir private Path folder;
  private DurableObjects objects;
  private Namespace<Plan> plans;
  private Namespace<Ledger> ledgers;

  @BeforeEach
  void open() {
    objects = DurableObjects.embedded(folder, OPTIONS);
    plans = objects.namespace(ObjectClass.of("plan", Plan.class, KeptPlan::new).version(2).upgrade(1, _ -> {}));
    ledgers = objects.namespace(Ledger.declared("ledger"));
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void whatCameAfterASnapshotIsGone() {
    plans.get("a").add("one");
    ObjectSnapshot snapshot = plans.snapshot("a");
    ObjectInfo before = plans.inspect("a");
    plans.get("a").add("two");
    plans.restore("a", snapshot);
    assertFalse(plans.inspect("a").awake());
    assertEquals(1, plans.get("a").size()); // fields are of the restored state too
    ObjectInfo after = plans.inspect("a");
    assertEquals(before.entries(), after.entries());
    assertEquals(before.attributes(), after.attributes());
    assertEquals(before.alarms(), after.alarms());
    assertEquals(List.of("a"), plans.find("last", "one", "", 10));
    assertEquals(List.of(), plans.find("last", "two", "", 10));
    assertEquals(2, plans.get("a").add("three"));
  }

  @Test
  void aSnapshotGoesThroughJson() {
    plans.get("a").add("one \"quoted\" \u00e9\ud83d\ude00");
    plans.get("a").add("two");
    ledgers.get("l").add("tea", 3);
    JsonCodec codec = JsonCodec.jackson();
    ObjectSnapshot plan = plans.snapshot("a");
    ObjectSnapshot read = codec.read(codec.write(plan), ObjectSnapshot.class);
    assertEquals(plan.id(), read.id());
    assertEquals(plan.classVersion(), read.classVersion());
    assertEquals(plan.attributes(), read.attributes());
    assertEquals(plan.entries().keySet(), read.entries().keySet());
    plan.entries().forEach((key, value) -> assertArrayEquals(value, read.entries().get(key)));
    plans.restore("b", read);
    assertEquals(plans.inspect("a").alarms(), plans.inspect("b").alarms());
    assertEquals(plans.inspect("a").entries(), plans.inspect("b").entries());
    ledgers.restore("m", codec.read(codec.write(ledgers.snapshot("l")), ObjectSnapshot.class));
    assertEquals(3, ledgers.get("m").sum());
  }

  @Test
  void aForkLivesItsOwnLife() {
    plans.get("a").add("one");
    plans.fork("a", "b");
    plans.get("b").add("two");
    assertEquals(1, plans.get("a").size());
    assertEquals(2, plans.get("b").size());
    assertThrows(IllegalStateException.class, () -> plans.fork("a", "b"));
    assertThrows(IllegalStateException.class, () -> plans.fork("a", "a"));
    assertEquals(2, plans.get("b").size());
    plans.fork("nobody", "c");
    assertEquals(List.of("a", "b"), plans.list("", 10));
  }

  @Test
  void nothingRestoredIsNothing() {
    ObjectSnapshot nothing = plans.snapshot("nobody");
    assertEquals(0, nothing.classVersion());
    plans.get("a").add("one");
    plans.restore("a", nothing);
    assertEquals(List.of(), plans.list("", 10));
    assertFalse(plans.inspect("a").exists());
    assertEquals(0, plans.get("a").size());
    ledgers.get("l").add("tea", 3);
    ledgers.restore("l", ledgers.snapshot("nobody"));
    assertEquals(0, ledgers.get("l").sum());
    assertEquals(List.of(), ledgers.list("", 10));
  }

  @Test
  void whatDoesNotFitIsRefusedAndChangesNothing() {
    plans.get("a").add("one");
    ledgers.get("l").add("tea", 3);
    ObjectSnapshot good = plans.snapshot("a");
    ObjectSnapshot ledger = ledgers.snapshot("l");
    var newer = new ObjectSnapshot(good.id(), 3, good.entries(), good.attributes(), good.alarms(), Optional.empty());
    var alarm = new ObjectSnapshot(good.id(), 2, good.entries(), good.attributes(), Map.of("x", "{\"due\":\"soon\"}"
        .getBytes(UTF_8)), Optional.empty());
    var key = new ObjectSnapshot(good.id(), 2, Map.of("", new byte[0]), Map.of(), Map.of(), Optional.empty());
    var database = new ObjectSnapshot(good.id(), 2, Map.of(), Map.of(), Map.of(), ledger.database());
    for (ObjectSnapshot bad : List.of(ledger, newer, alarm, key, database)) {
      assertThrows(IllegalArgumentException.class, () -> plans.restore("a", bad));
    }
    var noDatabase = new ObjectSnapshot(ledger.id(), 1, ledger.entries(), ledger.attributes(), ledger.alarms(), Optional
        .of("this is no database. ".repeat(200).getBytes(UTF_8)));
    assertThrows(IllegalArgumentException.class, () -> ledgers.restore("l", noDatabase));
    assertThrows(IllegalArgumentException.class, () -> ledgers.restore("l", good));
    assertEquals(1, plans.get("a").size());
    assertEquals(3, ledgers.get("l").sum());
    assertEquals(2, ledgers.get("l").add("pot", 20));
  }

  @Test
  void olderStateIsBroughtUpWhereItIsRestored() {
    plans.get("a").add("one");
    ObjectSnapshot now = plans.snapshot("a");
    var old = new ObjectSnapshot(now.id(), 1, now.entries(), now.attributes(), now.alarms(), Optional.empty());
    plans.restore("a", old);
    assertEquals(1, plans.inspect("a").classVersion());
    assertEquals(1, plans.get("a").size());
    assertEquals(2, plans.inspect("a").classVersion());
  }

  @Test
  void tablesAreCopiedWithTheRest() {
    ledgers.get("l").add("tea", 3);
    ObjectSnapshot snapshot = ledgers.snapshot("l");
    ledgers.get("l").add("pot", 20);
    ledgers.fork("l", "m");
    ledgers.restore("l", snapshot);
    assertEquals(3, ledgers.get("l").sum());
    assertEquals(23, ledgers.get("m").sum());
    assertEquals(Set.of("count"), ledgers.inspect("l").entries().keySet());
    assertEquals(List.of("l"), ledgers.find("last", "tea", "", 10));
    assertEquals(2, ledgers.get("l").add("cup", 4));
    assertThrows(IllegalStateException.class, () -> ledgers.get("l").addAndFail("x", 100));
    close();
    open();
    assertEquals(7, ledgers.get("l").sum());
    assertEquals(List.of("l", "m"), ledgers.list("", 10));
    assertEquals(3, ledgers.get("m").add("cup", 4));
  }

  @Test
  void tablesOfANewerProgramAreRefused() {
    ledgers.get("l").add("tea", 3);
    var more = new ArrayList<>(Ledger.TABLES.steps());
    more.add(new Migrations.Step(2, "more", "CREATE TABLE extra (x INTEGER)"));
    ObjectSnapshot newer;
    close();
    objects = DurableObjects.embedded(folder, OPTIONS);
    newer = objects.namespace(ObjectClass.of("ledger", Ledger.class, Ledger.Stored::new).sql(new Migrations(more)))
        .snapshot("l");
    assertTrue(newer.database().isPresent()); // of the old tables still, as nobody woke it
    var namespace = objects.namespace(ObjectClass.of("wider", Ledger.class, Ledger.Stored::new)
        .sql(new Migrations(more)));
    namespace.get("w").add("tea", 3);
    ObjectSnapshot wide = namespace.snapshot("w");
    var passed = new ObjectSnapshot(newer.id(), 1, wide.entries(), wide.attributes(), wide.alarms(), wide.database());
    close();
    open();
    assertThrows(IllegalArgumentException.class, () -> ledgers.restore("l", passed));
    ledgers.restore("l", newer);
    assertEquals(3, ledgers.get("l").sum());
  }
}
