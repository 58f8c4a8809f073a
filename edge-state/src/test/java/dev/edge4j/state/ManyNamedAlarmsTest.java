package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An object has as many alarms as it has names for, each with its own time and payload, and they do not touch each other. */
@Timeout(60)
class ManyNamedAlarmsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Timed timed;
  private Bells bells;

  @BeforeEach
  void open(@TempDir Path folder) {
    timed = new Timed(folder);
    bells = new Bells(timed.objects());
  }

  @AfterEach
  void close() {
    timed.close();
  }

  @Test
  void eachGoesOffAtItsTimeWithItsPayload() {
    List<Integer> minutes = new ArrayList<>(IntStream.rangeClosed(1, 300).boxed().toList());
    Collections.shuffle(minutes, new Random(8));
    bells.run("a", state -> minutes.forEach(minute -> state.alarms()
        .set("at " + minute, Schedule.in(MINUTE.multipliedBy(minute)), minute)));
    bells.handler = (_, alarm) -> assertEquals("at " + alarm.payload(Integer.class).orElseThrow(), alarm.name());
    for (int i = 0; i < 3; i++) {
      timed.runDueIn(MINUTE.multipliedBy(100));
    }
    assertEquals(IntStream.rangeClosed(1, 300).mapToObj(minute -> "at " + minute + " 0").toList(), bells.noted("a"));
  }

  @Test
  void theyAreSetSetAnewAndCancelledByName() {
    bells.run("a", state -> {
      state.alarms().set("one", Schedule.in(MINUTE));
      state.alarms().set("two", Schedule.in(MINUTE));
      state.alarms().set("two", Schedule.in(MINUTE.multipliedBy(2)));
      state.alarms().set("three", Schedule.in(MINUTE));
      assertTrue(state.alarms().cancel("three"));
      assertFalse(state.alarms().cancel("four"));
    });
    assertEquals(Map.of("one", MovedClock.START.plus(MINUTE), "two", MovedClock.START.plus(MINUTE.multipliedBy(2))),
        bells.ask("a", state -> state.alarms().all()));
    timed.reopen();
    bells = new Bells(timed.objects());
    timed.runDueIn(MINUTE);
    assertEquals(List.of("one 0"), bells.noted("a"));
    timed.runDueIn(MINUTE);
    assertEquals(List.of("one 0", "two 0"), bells.noted("a"));
  }

  @Test
  void aTurnThatThrowsSetsNone() {
    assertThrows(IllegalStateException.class, () -> bells.run("a", state -> {
      state.alarms().set("tea", Schedule.in(MINUTE));
      throw new IllegalArgumentException("after it was set");
    }));
    timed.runDueIn(MINUTE);
    assertEquals(List.of(), bells.noted("a"));
  }

  @Test
  void oneThatFailsDoesNotHoldUpTheOthers() {
    bells.run("a", state -> {
      state.alarms().set("bad", Schedule.in(MINUTE));
      state.alarms().set("good", Schedule.in(MINUTE.plusMillis(1)));
    });
    bells.handler = (_, alarm) -> {
      if (alarm.name().equals("bad")) {
        throw new IllegalStateException("as always");
      }
    };
    timed.runDueIn(MINUTE.multipliedBy(2));
    assertEquals(List.of("good 0"), bells.noted("a"));
  }

  @Test
  void whatCannotBeIsRefusedWhenItIsSet() {
    assertTrue(refusal(Schedule.cron("0 0 31 2 *", ZoneId.of("UTC"))).endsWith(" never comes"));
    Runnable deaf = timed.objects()
        .namespace("deaf", Runnable.class, state -> () -> state.alarms()
            .set("tea", Schedule.in(MINUTE)))
        .get("a");
    assertTrue(String.valueOf(assertThrows(IllegalArgumentException.class, deaf::run).getMessage())
        .endsWith("nothing would handle it (expected: a class that implements AlarmHandler)"));
    timed.runDueIn(MINUTE);
    assertEquals(List.of(), timed.objects().deadLetters(1));
  }

  @Test
  void manyObjectsAtOnceAreBounded() {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var rang = new AtomicInteger();
    bells.handler = (_, _) -> {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      Thread.onSpinWait();
      rang.incrementAndGet();
      running.decrementAndGet();
    };
    for (int i = 0; i < 500; i++) {
      bells.set("object " + i, "tea", Schedule.in(MINUTE));
    }
    timed.runDueIn(MINUTE);
    assertEquals(500, rang.get());
    assertTrue(most.get() <= 64, "at once: " + most.get());
  }

  private String refusal(Schedule schedule) {
    return String.valueOf(assertThrows(IllegalStateException.class, () -> bells.set("a", "tea", schedule))
        .getMessage());
  }
}
