package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An alarm, a message or an effect that has failed as often as its policy allows is put aside where it can be seen, tried again, or thrown away. */
@Timeout(60)
class WhatFailsForGoodIsKeptTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final RetryPolicy TWICE = new RetryPolicy(MINUTE, 1, MINUTE, 2);

  private volatile boolean failing = true;
  private final List<String> done = new CopyOnWriteArrayList<>();
  private Timed timed;
  private Bells bells;
  private Namespace<Runnable> targets;

  @BeforeEach
  void open(@TempDir Path folder) {
    timed = new Timed(folder);
    declare();
  }

  private void declare() {
    targets = timed.objects().namespace("target", Runnable.class, state -> () -> {
      Bells.note(state, "ran");
      fail("target");
    });
    bells = new Bells(timed.objects(), "bell", declared -> declared.retry(TWICE)
        .effect("mail", String.class, (id, to) -> fail(to)));
    bells.handler = (_, alarm) -> fail(alarm.name());
  }

  private void fail(String what) {
    if (failing) {
      throw new IllegalStateException(what + " fails");
    }
    done.add(what);
  }

  @AfterEach
  void close() {
    timed.close();
  }

  @Test
  void anAlarmIsKeptAndSetAgain() {
    bells.run("a", state -> state.alarms().set("tea", Schedule.in(MINUTE), "green", TWICE));
    failForGood();
    DeadLetter letter = only();
    assertEquals(new DeadLetter(letter.number(), DeadLetter.Kind.ALARM, new ObjectId("bell", "a"), "tea",
        "\"green\"", "java.lang.IllegalStateException: tea fails", timed.clock.instant()), letter);
    assertEquals(Optional.empty(), bells.ask("a", state -> state.alarms().due("tea")));
    assertEquals(List.of(), bells.noted("a"));
    failing = false;
    bells.handler = (_, alarm) -> done.add(alarm.name() + " " + alarm.payload(String.class).orElseThrow());
    assertTrue(timed.objects().retryDeadLetter(letter.number()));
    assertTrue(timed.objects().deadLetters(10).isEmpty());
    timed.runDue();
    assertEquals(List.of("tea green"), done);
    assertEquals(List.of("tea 0"), bells.noted("a"));
  }

  @Test
  void aRecurringAlarmGoesOn() {
    bells.run("a", state -> state.alarms().set("tick", Schedule.every(Duration.ofHours(1)), 1, TWICE));
    timed.runDueIn(Duration.ofHours(1));
    timed.runDueIn(MINUTE.multipliedBy(2));
    assertEquals(1, timed.objects().deadLetters(10).size());
    assertEquals(Optional.of(MovedClock.START.plus(Duration.ofHours(2))), bells.ask("a", state -> state.alarms()
        .due(
            "tick")));
    failing = false;
    timed.runDueIn(Duration.ofHours(1));
    assertEquals(List.of("tick 0"), bells.noted("a"));
    assertTrue(timed.objects().retryDeadLetter(only().number()));
    timed.runDue();
    assertEquals(List.of("tick 0", "tick 0"), bells.noted("a"));
    assertTrue(bells.ask("a", state -> state.alarms().due("tick")).isPresent());
  }

  @Test
  void anAlarmThatWasSetAnewIsNotReplaced() {
    bells.run("a", state -> state.alarms().set("tea", Schedule.in(MINUTE), "green", TWICE));
    failForGood();
    bells.set("a", "tea", Schedule.in(Duration.ofDays(1)));
    long number = only().number();
    String message = String.valueOf(assertThrows(IllegalStateException.class, () -> timed.objects()
        .retryDeadLetter(
            number)).getMessage());
    assertTrue(message.startsWith("bell/a: alarm \"tea\" has been set anew"), message);
    assertEquals(number, only().number());
    assertTrue(timed.objects().discardDeadLetter(number));
    assertFalse(timed.objects().discardDeadLetter(number));
    assertTrue(timed.objects().deadLetters(10).isEmpty());
  }

  @Test
  void aMessageIsKeptAndRunsOnceWhenItIsSentAgain() {
    bells.run("a", state -> state.send(targets, "b", Runnable::run));
    failForGood();
    DeadLetter letter = only();
    assertEquals(new DeadLetter(letter.number(), DeadLetter.Kind.MESSAGE, new ObjectId("bell", "a"),
        "target/b.run()", "[]", "java.lang.IllegalStateException: target fails", timed.clock.instant()), letter);
    timed.reopen();
    declare();
    failing = false;
    assertEquals(letter, only());
    assertTrue(timed.objects().retryDeadLetter(letter.number()));
    assertFalse(timed.objects().retryDeadLetter(letter.number()));
    timed.runDue();
    assertEquals(List.of("target"), done);
  }

  @Test
  void anEffectIsKeptAndRunAgain() {
    bells.run("a", state -> state.effect("mail", "ada"));
    failForGood();
    DeadLetter letter = only();
    assertEquals(DeadLetter.Kind.EFFECT, letter.kind());
    assertEquals("mail", letter.what());
    assertEquals("\"ada\"", letter.payload());
    failing = false;
    assertTrue(timed.objects().retryDeadLetter(letter.number()));
    timed.runDue();
    assertEquals(List.of("ada"), done);
  }

  @Test
  void whatWasGivenUpHoldsUpNothing() {
    bells.run("a", state -> state.send(targets, "b", Runnable::run));
    timed.runDue();
    bells.run("a", state -> state.send(targets, "b", Runnable::run));
    timed.runDue();
    assertEquals(List.of(), done);
    timed.clock.move(MINUTE.multipliedBy(2));
    timed.objects().runDue(); // the first is given up, the second fails once
    failing = false;
    timed.runDueIn(MINUTE.multipliedBy(2));
    assertEquals(List.of("target"), done);
    assertEquals(1, timed.objects().deadLetters(10).size());
  }

  @Test
  void aMethodOrAnEffectThatIsGoneIsAFailureToo() {
    bells.run("a", state -> {
      state.send(targets, "b", Runnable::run);
      state.effect("mail", "ada");
    });
    timed.reopen();
    timed.objects().namespace("target", AutoCloseable.class, _ -> () -> {});
    bells = new Bells(timed.objects());
    failForGood();
    List<DeadLetter> letters = timed.objects().deadLetters(10);
    assertEquals(2, letters.size());
    assertTrue(letters.stream().anyMatch(letter -> letter.error().contains("java.lang.AutoCloseable has no run()")),
        letters
            .toString());
    assertTrue(letters.stream().anyMatch(letter -> letter.error().contains("\"mail\" is not declared")), letters
        .toString());
  }

  private DeadLetter only() {
    List<DeadLetter> letters = timed.objects().deadLetters(10);
    assertEquals(1, letters.size(), letters.toString());
    return letters.getFirst();
  }

  private void failForGood() {
    timed.runDueIn(MINUTE);
    assertTrue(timed.objects().deadLetters(10).isEmpty());
    timed.runDueIn(MINUTE.multipliedBy(2));
  }
}
