package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.runtime.Steps;
import dev.edge4j.state.store.ObjectStore;
import dev.edge4j.state.store.RoutedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a turn writes to its tables, its storage, its alarms and its attributes is there together, or not at all. */
@Timeout(60)
class ATurnWithSqlIsOneCommitTest {
  private static final DurableObjectsOptions OPTIONS = DurableObjectsOptions.defaults().withShards(1);

  @TempDir private Path folder;
  private RoutedFiles store;
  private DurableObjects objects;
  private Namespace<Ledger> ledgers;
  private Ledger ledger;

  @BeforeEach
  void open() {
    open(true);
  }

  private void open(boolean byItself) {
    store = RoutedFiles.open(folder, 1);
    objects = DurableObjects.of(store, OPTIONS, Steps.NONE, byItself);
    ledgers = objects.namespace(Ledger.declared("ledger"));
    ledger = ledgers.get("a");
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void aThrowTakesAllBack() {
    ledger.add("tea", 3);
    Instant due = Objects.requireNonNull(ledgers.inspect("a").alarms().get("close"));
    assertThrows(IllegalStateException.class, () -> ledger.addAndFail("pot", 20));
    ObjectInfo info = ledgers.inspect("a");
    assertEquals("1", info.entries().get("count"));
    assertEquals("tea", info.attributes().get("last"));
    assertEquals(due, info.alarms().get("close"));
    assertEquals(3, ledger.sum());
    assertEquals(2, ledger.add("pot", 20));
  }

  @Test
  void aPartThatFailsIsUndoneAlone() {
    assertEquals(11, ledger.addButUndoTheSecond());
    assertEquals(List.of("first", "third"), ledger.lines().stream().map(Ledger.Line::what).toList());
    assertEquals("third", ledgers.inspect("a").attributes().get("last"));
  }

  @Test
  void aRequestRunsOnce() {
    Ledger once = ledgers.get("a", CallOptions.request("r1"));
    assertEquals(1, once.add("tea", 3));
    assertEquals(1, once.add("tea", 3));
    reopen();
    assertEquals(1, ledgers.get("a", CallOptions.request("r1")).add("tea", 3));
    assertEquals(3, ledger.sum());
  }

  @Test
  void othersSeeOnlyWhatIsCommitted() throws Exception {
    ledger.add("tea", 3);
    var inTurn = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    Namespace<Runnable> slow = objects.namespace(ObjectClass.of("slow", Runnable.class, state -> () -> {
      state.sql().update("INSERT INTO message (what, amount) VALUES ('x', 1)", Map.of());
      state.storage().put("x", 1);
      inTurn.countDown();
      TurnsAreSerialTest.await(go);
    }).sql(Ledger.TABLES));
    Thread caller = Thread.startVirtualThread(slow.get("s"));
    inTurn.await();
    assertEquals(List.of(), slow.list("", 10));
    assertEquals(Set.of(), slow.inspect("s").entries().keySet());
    go.countDown();
    caller.join();
    assertEquals(List.of("s"), slow.list("", 10));
    assertEquals(Set.of("x"), slow.inspect("s").entries().keySet());
  }

  @Test
  void whatWouldLeaveTheTurnIsRefused() {
    ledger.add("tea", 3);
    for (String sql : List.of("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT x", "ATTACH ':memory:' AS other", "DETACH main",
        "PRAGMA user_version = 7", "VACUUM", "; COMMIT", "/* */ PRAGMA synchronous = OFF",
        "EXPLAIN PRAGMA user_version = 7", "SELECT load_extension('x')", "DELETE FROM edge4j_entry",
        "DROP TABLE \"edge4j_object\"", "")) {
      assertThrows(RuntimeException.class, () -> ledger.run(sql), sql);
      assertEquals(3, ledger.sum());
    }
    assertEquals(2, ledger.add("pot", 20));
  }

  /** SQLite ends the transaction by itself here: what came before must not stand alone. */
  @Test
  void aStatementThatRollsBackTakesTheTurnWithIt() {
    ledger.add("tea", 3);
    Namespace<Rolling> rolling = objects.namespace(ObjectClass.of("rolling", Rolling.class, RollingBack::new)
        .sql(
            Ledger.TABLES));
    assertThrows(RuntimeException.class, () -> rolling.get("r").run());
    assertEquals(List.of(), rolling.list("", 10));
    assertEquals(0, rolling.get("r").count());
  }

  interface Rolling {
    void run();

    long count();
  }

  static final class RollingBack extends DurableObject implements Rolling {
    RollingBack(ObjectState state) {
      super(state);
    }

    @Override
    public void run() {
      String insert = "INSERT OR ROLLBACK INTO message (what, amount) VALUES ('x', 1)";
      sql().update(insert, Map.of());
      storage().put("x", 1);
      assertThrows(RuntimeException.class, () -> sql().update(insert, Map.of()));
    }

    @Override
    public long count() {
      return sql().query(Long.class, "SELECT count(*) FROM message", Map.of()).getFirst();
    }
  }

  @Test
  void readsDoNotWrite() {
    ledger.add("tea", 3);
    assertThrows(IllegalStateException.class, ledger::writeInARead);
    assertEquals(3, ledger.sum());
  }

  @Test
  void aRefusedCommitTakesAllBack() throws Exception {
    ledger.add("tea", 3);
    Path file;
    try (Stream<Path> all = Files.walk(folder.resolve("sql/ledger"))) {
      file = all.filter(path -> path.toString().endsWith(".db")).findFirst().orElseThrow();
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TRIGGER full BEFORE INSERT ON edge4j_attribute BEGIN SELECT RAISE(ABORT, 'full'); END");
      var failed = assertThrows(ObjectException.class, () -> ledger.add("pot", 20));
      assertEquals(Outcome.NOT_EXECUTED, failed.outcome());
      assertTrue(String.valueOf(failed.getMessage()).contains("full"), failed.getMessage());
      assertEquals(1, unsettled()); // what might differ was marked before
      assertEquals(3, ledger.sum());
      assertEquals(0, unsettled()); // and is made good at the next waking
      assertEquals(List.of("a"), ledgers.find("last", "tea", "", 10));
      statement.execute("DROP TRIGGER full");
    }
    assertEquals(2, ledger.add("pot", 20));
    assertEquals(23, ledger.sum());
  }

  private int unsettled() throws SQLException {
    try (var index = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("sql/index.db"));
        var statement = index.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM schedule WHERE unsettled = 1")) {
      return rows.getInt(1);
    }
  }

  /** The index may be early, never late, and what a crash has left of it is read anew. */
  @Test
  void whatACrashLeavesOfTheIndexIsMadeGood() throws Exception {
    ledger.add("tea", 3);
    ledger.add("pot", 20); // moves the alarm later
    Instant due = Objects.requireNonNull(ledgers.inspect("a").alarms().get("close"));
    assertEquals(due, store.nextAlarm(Instant.EPOCH).orElseThrow());
    close();
    try (var index = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("sql/index.db"));
        var statement = index.createStatement()) {
      // as if the process had died between the object's commit and the index
      statement.execute("DELETE FROM object");
      statement.execute("UPDATE attribute SET value = 'tea'");
      statement.execute("UPDATE schedule SET alarm = 1, unsettled = 1");
    }
    open();
    assertEquals(List.of("a"), ledgers.list("", 10));
    assertEquals(List.of("a"), ledgers.find("last", "pot", "", 10));
    assertEquals(due, store.nextAlarm(Instant.EPOCH).orElseThrow());
  }

  @Test
  void whoWakesTooEarlyReadsAgain() throws Exception {
    ledger.add("tea", 3);
    Instant due = Objects.requireNonNull(ledgers.inspect("a").alarms().get("close"));
    close();
    try (var index = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("sql/index.db"));
        var statement = index.createStatement()) {
      statement.execute("UPDATE schedule SET alarm = 1");
    }
    open(false); // or the alarms may be looked for before the test does
    assertEquals(Instant.ofEpochMilli(1), store.nextAlarm(Instant.EPOCH).orElseThrow());
    assertEquals(List.of(), store.due(due.minusMillis(1), Optional.empty(), 10));
    assertEquals(due, store.nextAlarm(Instant.EPOCH).orElseThrow());
    List<ObjectStore.DueAlarm> found = store.due(due.plus(Duration.ofDays(1)), Optional.empty(), 10);
    assertEquals(List.of("close"), found.stream().map(alarm -> alarm.alarm().name()).toList());
    assertEquals(new ObjectId("ledger", "a"), found.getFirst().id());
    assertTrue(store.due(due.plus(Duration.ofDays(1)), Optional.empty(), 1).size() == 1);
  }

  @Test
  void itsAlarmsGoOffAndItsMessagesArrive() {
    Namespace<Runnable> bells = objects.namespace(ObjectClass.of("bell", Runnable.class, state -> new Bell(state,
        ledgers)).sql(Ledger.TABLES));
    bells.get("b").run();
    while (!bells.inspect("b").entries().containsKey("rung") || !ledgers.inspect("got").exists()) {
      Thread.onSpinWait();
    }
    assertEquals(5, ledgers.get("got").sum());
    assertEquals(Map.of(), bells.inspect("b").alarms());
  }

  static final class Bell extends DurableObject implements Runnable, AlarmHandler {
    private final Namespace<Ledger> ledgers;

    Bell(ObjectState state, Namespace<Ledger> ledgers) {
      super(state);
      this.ledgers = ledgers;
    }

    @Override
    public void run() {
      sql().update("INSERT INTO message (what, amount) VALUES ('run', 1)", Map.of());
      alarms().set("ring", Schedule.in(Duration.ofMillis(10)));
      send(ledgers, "got", other -> other.add("sent", 5));
    }

    @Override
    public void alarm(Alarm alarm) {
      storage().put("rung", sql().query(Long.class, "SELECT count(*) FROM message", Map.of()).getFirst());
    }
  }

  @Test
  void manyObjectsTakeTurnsAtOnce() throws Exception {
    var threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      Ledger one = ledgers.get("many" + i % 4);
      int number = i;
      threads[i] = Thread.startVirtualThread(() -> {
        for (int turn = 0; turn < 10; turn++) {
          one.add(number + ":" + turn, 1);
        }
      });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (int i = 0; i < 4; i++) {
      assertEquals(20, ledgers.get("many" + i).sum());
    }
    assertEquals(4, ledgers.list("", 10).size());
  }

  private void reopen() {
    close();
    open();
  }
}
