package dev.edge4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A virtual clock stands still until it is advanced, and then runs what is due, each thing at its own time. */
class VirtualClockMovesOnlyWhenToldTest {
  private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

  private final VirtualClock clock = new VirtualClock(START);
  private final List<String> ran = new ArrayList<>();

  private TimeSource.Timer at(int seconds, String name) {
    return clock.after(Duration.ofSeconds(seconds), () -> ran.add(name + " at " + elapsed()));
  }

  private long elapsed() {
    return Duration.between(START, clock.instant()).toSeconds();
  }

  @Test
  void instantAndNanosecondsMoveTogether() {
    long before = clock.nanoTime();
    assertEquals(START, clock.instant());
    clock.advance(Duration.ofNanos(1_500_000_001));
    assertEquals(START.plusNanos(1_500_000_001), clock.instant());
    assertEquals(1_500_000_001, clock.nanoTime() - before);
  }

  @Test
  void nanosecondsWrapSoThatComparingThemIsFoundOut() {
    long before = clock.nanoTime();
    clock.advance(Duration.ofSeconds(2));
    assertTrue(clock.nanoTime() < before);
  }

  @Test
  void timersRunInOrderOfTheirTimesAndSeeThem() {
    at(3, "c");
    at(1, "a");
    at(2, "b");
    at(2, "b again");
    at(9, "late");
    clock.advance(Duration.ofSeconds(5));
    assertEquals(List.of("a at 1", "b at 2", "b again at 2", "c at 3"), ran);
    assertEquals(5, elapsed());
    assertEquals(1, clock.pendingTimers());
  }

  @Test
  void aTimerIsDueAtTheVeryMomentAndNotBefore() {
    at(1, "a");
    clock.advance(Duration.ofNanos(999_999_999));
    assertEquals(List.of(), ran);
    clock.advance(Duration.ofNanos(1));
    assertEquals(List.of("a at 1"), ran);
  }

  @Test
  void nothingRunsBeforeAnAdvanceEvenWithoutDelay() {
    at(0, "now");
    at(-1, "before");
    assertEquals(List.of(), ran);
    clock.advance(Duration.ZERO);
    assertEquals(List.of("now at 0", "before at 0"), ran);
  }

  @Test
  void aTimerMadeByATimerRunsInTheSameAdvance() {
    clock.after(Duration.ofSeconds(1), () -> at(2, "second"));
    clock.advance(Duration.ofSeconds(3));
    assertEquals(List.of("second at 3"), ran);
  }

  @Test
  void aTimerMayAdvanceFurther() {
    clock.after(Duration.ofSeconds(1), () -> clock.advance(Duration.ofSeconds(9)));
    at(5, "on the way");
    clock.advance(Duration.ofSeconds(2));
    assertEquals(List.of("on the way at 5"), ran);
    assertEquals(10, elapsed());
  }

  @Test
  void aCancelledTimerNeverRuns() {
    at(1, "a").cancel();
    assertEquals(0, clock.pendingTimers());
    clock.advance(Duration.ofSeconds(2));
    assertEquals(List.of(), ran);
  }

  @Test
  void whatATimerThrowsReachesTheTestOnceTheOthersHaveRun() {
    var first = new IllegalStateException("first");
    var second = new AssertionError("second");
    clock.after(Duration.ofSeconds(1), () -> {
      throw first;
    });
    clock.after(Duration.ofSeconds(1), () -> {
      throw second;
    });
    at(2, "other");
    assertSame(first, assertThrows(IllegalStateException.class, () -> clock.advance(Duration.ofSeconds(3))));
    assertEquals(List.of(second), List.of(first.getSuppressed()));
    assertEquals(List.of("other at 2"), ran);
    assertEquals(3, elapsed());
  }

  @Test
  void timeNeverGoesBack() {
    assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.ofNanos(-1)));
  }

  @Test
  void aTimerForEverIsNoOverflow() {
    clock.advance(Duration.ofDays(1));
    clock.after(Duration.ofSeconds(Long.MAX_VALUE), () -> ran.add("never"));
    clock.advance(Duration.ofDays(36_500));
    assertEquals(List.of(), ran);
  }

  @Test
  void advancesOfManyThreadsAddUp() throws InterruptedException {
    var ticks = new AtomicInteger();
    for (int i = 1; i <= 800; i++) {
      clock.after(Duration.ofMillis(i), ticks::incrementAndGet);
    }
    var go = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      threads.add(Thread.ofPlatform().start(() -> {
        try {
          go.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        for (int step = 0; step < 100; step++) {
          clock.advance(Duration.ofMillis(1));
        }
      }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(START.plusMillis(800), clock.instant());
    assertEquals(800, ticks.get());
  }

  /** However an hour is cut into advances, the same timers run at the same times in the same order. */
  @Property(tries = 300)
  void howItIsAdvancedDoesNotMatter(@ForAll @Size(max = 20) List<@IntRange(max = 100) Integer> delays,
      @ForAll @Size(max = 20) List<@IntRange(max = 30) Integer> steps) {
    var time = new VirtualClock(START);
    var seen = new ArrayList<Integer>();
    for (int delay : delays) {
      time.after(Duration.ofSeconds(delay), () -> {
        assertEquals(START.plusSeconds(delay), time.instant());
        seen.add(delay);
      });
    }
    int total = 0;
    for (int step : steps) {
      time.advance(Duration.ofSeconds(step));
      total += step;
    }
    int until = total;
    assertEquals(delays.stream()
        .filter(delay -> delay <= until && !steps.isEmpty())
        .sorted(Comparator.naturalOrder())
        .toList(), seen);
  }
}
