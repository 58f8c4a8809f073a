package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.runtime.Step;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An alarm and what its handler did are used up and done in one commit; before that, it goes off again. */
@Timeout(60)
class AlarmsAreNeverUsedUpBeforeSuccessTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final RetryPolicy THREE = new RetryPolicy(MINUTE, 2, Duration.ofHours(1), 3);

  private Path folder;
  private Timed timed;
  private Bells bells;

  @BeforeEach
  void open(@TempDir Path temporary) {
    folder = temporary;
    timed = new Timed(folder, with -> with.withShards(1));
    bells = new Bells(timed.objects());
  }

  @AfterEach
  void close() {
    timed.close();
  }

  @Test
  void itGoesOffOnceWhenItsTimeHasCome() {
    bells.set("a", "tea", Schedule.in(MINUTE));
    timed.runDueIn(MINUTE.minusMillis(1));
    assertEquals(List.of(), bells.noted("a"));
    timed.runDueIn(Duration.ofMillis(1));
    timed.runDueIn(Duration.ofDays(1));
    assertEquals(List.of("tea 0"), bells.noted("a"));
  }

  @Test
  void itIsNotEarlyByAFractionOfAMillisecond() {
    bells.set("a", "tea", Schedule.at(MovedClock.START.plusNanos(1)));
    timed.runDue();
    assertEquals(List.of(), bells.noted("a"));
    timed.runDueIn(Duration.ofMillis(1));
    assertEquals(List.of("tea 0"), bells.noted("a"));
  }

  @Test
  void aHandlerThatThrowsLeavesNothingAndIsTriedAgain() {
    bells.run("a", state -> state.alarms().set("tea", Schedule.in(MINUTE), "green", THREE));
    bells.handler = (_, alarm) -> {
      assertEquals(MovedClock.START.plus(MINUTE), alarm.planned());
      assertEquals(Optional.of("green"), alarm.payload(String.class));
      if (alarm.attempt() < 2) {
        throw new IllegalStateException("not yet");
      }
    };
    timed.runDueIn(MINUTE);
    assertEquals(List.of(), bells.noted("a"));
    Instant again = due("tea").orElseThrow();
    assertFalse(again.isBefore(MovedClock.START.plus(MINUTE.multipliedBy(2))), again.toString());
    assertFalse(again.isAfter(MovedClock.START.plus(MINUTE.multipliedBy(2)).plusSeconds(15)), again.toString());
    timed.runDueIn(Duration.ofSeconds(75));
    timed.runDueIn(Duration.ofSeconds(150));
    assertEquals(List.of("tea 2"), bells.noted("a"));
    assertEquals(Optional.empty(), due("tea"));
  }

  @Test
  void aProcessThatEndsBeforeItsTurnHasItGoOffAgain() {
    bells.set("a", "tea", Schedule.in(MINUTE));
    timed.clock.move(MINUTE);
    timed.endAt(Step.ALARM_FOUND);
    bells = new Bells(timed.objects());
    timed.runDue();
    assertEquals(List.of("tea 0"), bells.noted("a"));
  }

  @Test
  void aCommitThatFailsIsNoFailureOfTheHandler() throws SQLException {
    bells.set("a", "tea", Schedule.in(MINUTE));
    sql("CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
    timed.runDueIn(MINUTE);
    timed.runDueIn(MINUTE);
    sql("DROP TRIGGER full");
    assertTrue(due("tea").isPresent());
    timed.runDue();
    assertEquals(List.of("tea 0"), bells.noted("a"));
  }

  @Test
  void whatTheHandlerSetsUnderTheSameNameWins() {
    bells.set("a", "tea", Schedule.in(MINUTE));
    bells.handler = (state, alarm) -> {
      assertEquals(Optional.empty(), state.alarms().due("tea"));
      state.alarms().set("tea", Schedule.in(MINUTE.multipliedBy(5)));
    };
    timed.runDueIn(MINUTE);
    assertEquals(Optional.of(MovedClock.START.plus(MINUTE.multipliedBy(6))), due("tea"));
    bells.handler = (state, _) -> state.alarms().set("tea", Schedule.in(MINUTE.multipliedBy(9)));
    timed.runDueIn(MINUTE.multipliedBy(5));
    assertEquals(List.of("tea 0", "tea 0"), bells.noted("a"));
  }

  @Test
  void aRecurringOneIsSetToItsNextTimeAndMayBeCancelled() {
    bells.set("a", "tick", Schedule.every(MINUTE));
    timed.runDueIn(MINUTE);
    timed.runDueIn(MINUTE.multipliedBy(10)); // nine that nobody was there for
    assertEquals(List.of("tick 0", "tick 0"), bells.noted("a"));
    assertEquals(Optional.of(MovedClock.START.plus(MINUTE.multipliedBy(12))), due("tick"));
    bells.handler = (state, _) -> assertTrue(state.alarms().cancel("tick"));
    timed.runDueIn(MINUTE);
    timed.runDueIn(MINUTE);
    assertEquals(3, bells.noted("a").size());
    assertEquals(Optional.empty(), due("tick"));
  }

  @Test
  void theConstructorSeesItUsedUp() {
    bells.onWake = state -> {
      if (state.alarms().due("tick").isEmpty()) {
        state.alarms().set("tick", Schedule.in(MINUTE));
      }
    };
    bells.run("a", _ -> {});
    for (int i = 1; i <= 3; i++) {
      assertTrue(bells.namespace().evict("a"));
      timed.runDueIn(MINUTE);
      assertEquals(i, bells.noted("a").size());
    }
  }

  @Test
  void whileItsTurnIsOutsideItIsStillThere() {
    bells.run("a", state -> state.alarms().set("tea", Schedule.in(MINUTE), "green", THREE));
    bells.handler = (state, alarm) -> {
      state.storage().put("before", true);
      outside(state, () -> bells.ask("a", other -> other.alarms().due("tea")).orElseThrow());
      if (alarm.attempt() == 0) {
        throw new IllegalStateException("after it was outside");
      }
    };
    timed.runDueIn(MINUTE);
    assertEquals(List.of("tea 0"), bells.noted("a")); // committed before it went outside
    assertTrue(due("tea").isPresent());
    timed.runDueIn(Duration.ofSeconds(75));
    assertEquals(List.of("tea 0", "tea 1"), bells.noted("a"));
    assertEquals(Optional.empty(), due("tea"));
  }

  @Test
  void whatOthersSetMeanwhileIsNotUsedUp() {
    bells.set("a", "tea", Schedule.in(MINUTE));
    bells.handler = (state, _) -> outside(state, () -> {
      bells.set("a", "tea", Schedule.in(MINUTE));
      return true;
    });
    timed.runDueIn(MINUTE);
    assertEquals(Optional.of(MovedClock.START.plus(MINUTE.multipliedBy(2))), due("tea"));
    bells.handler = (state, _) -> {
      outside(state, () -> {
        bells.run("a", other -> other.alarms().cancel("tea"));
        return true;
      });
      throw new IllegalStateException("after it was cancelled");
    };
    timed.runDueIn(MINUTE);
    assertEquals(Set.of(), bells.ask("a", state -> Set.copyOf(state.alarms().all().keySet())));
  }

  @Test
  void oneThatWasChangedSinceItWasFoundDoesNotGoOff() throws Exception {
    bells.set("a", "tea", Schedule.in(MINUTE));
    bells.set("a", "pot", Schedule.in(MINUTE));
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    Thread turn = Thread.ofVirtual().start(() -> bells.run("a", state -> {
      begun.countDown();
      TurnsAreSerialTest.await(go);
      state.alarms().cancel("pot");
      state.alarms().set("tea", Schedule.in(MINUTE));
    }));
    begun.await();
    timed.clock.move(MINUTE);
    var found = new CountDownLatch(1);
    timed.atStep = step -> {
      if (step == Step.ALARM_FOUND) {
        found.countDown();
      }
    };
    Thread due = Thread.ofVirtual().start(timed::runDue);
    found.await();
    go.countDown();
    turn.join();
    due.join();
    assertEquals(List.of(), bells.noted("a"));
    timed.runDueIn(MINUTE);
    assertEquals(List.of("tea 0"), bells.noted("a"));
  }

  private Optional<Instant> due(String alarm) {
    return bells.ask("a", state -> state.alarms().due(alarm));
  }

  private static void outside(ObjectState state, Callable<?> work) throws Exception {
    assertTrue(state.outside(() -> work.call() != null));
  }

  private void sql(String statement) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shard-0.db"));
        var sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
