package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An alarm whose time has passed goes off as soon as it can, whatever was in its way: nobody has to wake its object first. */
@Timeout(60)
class OverdueAlarmsAlwaysFireTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path folder;

  @Test
  void whatWasDueWhileNothingRanGoesOffAtTheStart() {
    try (var timed = new Timed(folder)) {
      var bells = new Bells(timed.objects());
      bells.set("a", "once", Schedule.in(HOUR));
      bells.set("a", "daily", Schedule.every(Duration.ofDays(1)));
      timed.clock.move(Duration.ofDays(30));
      timed.reopen();
      bells = new Bells(timed.objects());
      timed.runDue();
      assertEquals(List.of("once 0", "daily 0"), bells.noted("a"));
      timed.runDueIn(Duration.ofDays(1));
      assertEquals(List.of("once 0", "daily 0", "daily 0"), bells.noted("a"));
    }
  }

  @Test
  void itGoesOffByItselfInTime() {
    try (var objects = DurableObjects.embedded(folder)) {
      var bells = new Bells(objects);
      for (int round = 0; round < 3; round++) {
        Instant due = Instant.now().plusMillis(30);
        bells.set("a", "tea", Schedule.at(due));
        int rounds = round;
        Timed.await(() -> bells.noted("a").size() > rounds);
        assertTrue(!Instant.now().isBefore(due), "early");
        assertTrue(Instant.now().isBefore(due.plusSeconds(10)), "late by more than a busy machine explains");
      }
    }
  }

  @Test
  void oneOfTheTimeBeforeGoesOffByItselfOnceItsNamespaceIsDeclared() {
    try (var objects = DurableObjects.embedded(folder)) {
      new Bells(objects).run("a", state -> {
        state.alarms().set("tea", Schedule.in(Duration.ofMillis(200)));
        for (int i = 0; i < 200; i++) { // more than are looked at together
          state.alarms().set("later " + i, Schedule.in(HOUR));
        }
      });
    }
    var later = new MovedClock();
    later.move(Duration.between(MovedClock.START, Instant.now().plus(HOUR.multipliedBy(2)))
        .truncatedTo(ChronoUnit.SECONDS));
    try (var objects = DurableObjects.embedded(folder, DurableObjectsOptions.defaults().withClock(later))) {
      var others = new Bells(objects, "others", declared -> declared);
      others.set("b", "tea", Schedule.in(Duration.ZERO));
      Timed.await(() -> others.noted("b").size() == 1);
      var bells = new Bells(objects);
      Timed.await(() -> bells.noted("a").size() == 201);
      assertEquals("tea 0", bells.noted("a").getFirst());
    }
  }

  @Test
  void anObjectThatLeftMemoryIsWokenForIt() {
    try (var timed = new Timed(folder)) {
      var bells = new Bells(timed.objects());
      bells.set("a", "tea", Schedule.in(HOUR));
      timed.clock.move(HOUR);
      assertTrue(timed.objects().evictIdle() > 0);
      timed.runDue();
      assertEquals(List.of("tea 0"), bells.noted("a"));
    }
  }

  @Test
  void aFullMailboxMeansLaterAndNotFailed() throws Exception {
    try (var timed = new Timed(folder, with -> with.withMailbox(1))) {
      var bells = new Bells(timed.objects());
      bells.run("a", state -> state.alarms().set("tea", Schedule.in(HOUR), true, RetryPolicy.never()));
      var begun = new CountDownLatch(1);
      var go = new CountDownLatch(1);
      Thread running = Thread.ofVirtual().start(() -> bells.run("a", _ -> {
        begun.countDown();
        TurnsAreSerialTest.await(go);
      }));
      begun.await();
      Thread waiting = Thread.ofVirtual().start(() -> waitsInTheMailbox(bells));
      Timed.await(() -> isFull(bells));
      timed.runDueIn(HOUR);
      assertEquals(List.of(), timed.objects().deadLetters(10));
      go.countDown();
      running.join();
      waiting.join();
      assertEquals(List.of(), bells.noted("a"));
      timed.runDue();
      assertEquals(List.of("tea 0"), bells.noted("a"));
    }
  }

  /** {@link #isFull} may be in its place for a moment. */
  private static void waitsInTheMailbox(Bells bells) {
    while (true) {
      try {
        bells.run("a", _ -> {});
        return;
      } catch (ObjectOverloadedException _) {
        Thread.onSpinWait();
      }
    }
  }

  /** Gives up waiting at once, so that it does not fill the mailbox itself. */
  private static boolean isFull(Bells bells) {
    try {
      bells.namespace().get("a", CallOptions.defaults().withTimeout(Duration.ofNanos(1))).note("never");
      throw new AssertionError("the object is busy");
    } catch (ObjectOverloadedException _) {
      return true;
    } catch (ObjectTimeoutException _) {
      return false;
    }
  }

  @Test
  void aSlowOneHoldsUpNoOtherObject() throws Exception {
    try (var timed = new Timed(folder)) {
      var bells = new Bells(timed.objects());
      var slow = new CountDownLatch(1);
      var others = new CountDownLatch(20);
      bells.handler = (state, _) -> {
        if (state.id().name().equals("slow")) {
          TurnsAreSerialTest.await(slow);
        } else {
          others.countDown();
        }
      };
      bells.run("slow", state -> {
        for (int i = 0; i < 100; i++) { // more than run at once
          state.alarms().set("slow " + i, Schedule.in(HOUR));
        }
      });
      for (int i = 0; i < 20; i++) {
        bells.set("other" + i, "tea", Schedule.in(HOUR));
      }
      Thread due = Thread.ofVirtual().start(() -> timed.runDueIn(HOUR));
      others.await();
      slow.countDown();
      due.join();
      assertEquals(100, bells.noted("slow").size());
    }
  }

  @Test
  void whatIsNotDoneAtTheEndIsDoneAtTheNextStart() throws Exception {
    try (var timed = new Timed(folder)) {
      var bells = new Bells(timed.objects());
      var begun = new CountDownLatch(1);
      var go = new CountDownLatch(1);
      bells.handler = (_, _) -> {
        begun.countDown();
        TurnsAreSerialTest.await(go);
      };
      bells.set("a", "first", Schedule.in(HOUR));
      bells.set("a", "second", Schedule.in(HOUR));
      Thread due = Thread.ofVirtual().start(() -> timed.runDueIn(HOUR));
      begun.await();
      Thread close = Thread.ofVirtual().start(timed::reopen);
      Timed.await(() -> close.getState() == Thread.State.TIMED_WAITING);
      go.countDown();
      close.join();
      due.join();
      var again = new Bells(timed.objects());
      assertEquals(List.of("first 0"), again.noted("a"));
      timed.runDue();
      assertEquals(List.of("first 0", "second 0"), again.noted("a"));
    }
  }
}
