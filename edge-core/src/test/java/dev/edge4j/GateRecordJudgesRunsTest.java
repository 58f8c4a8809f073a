package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What makes a run of a gate a fault: one long wait, a habit of short ones, or CPU that even the best of many runs took. */
class GateRecordJudgesRunsTest {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;

  private final GateRecord past = new GateRecord(GateRecord.CPU_NANOS);

  private Optional<String> run(long waits, long wall, long cpu) {
    return past.add(new GateReading(waits, 0, wall, cpu, Optional.empty(), false));
  }

  @Test
  void aLongWaitIsAFaultAtOnce() {
    assertTrue(run(1, 5 * MILLI, 10 * MICRO).orElseThrow().startsWith("blocked 4,990 µs"));
  }

  @Test
  void aMonitorInTheFirstRunMayBeAClassThatIsLoaded() {
    var held = new GateReading(0, 1, 5 * MILLI, 10 * MICRO, Optional.empty(), false);
    assertTrue(past.add(held).isEmpty());
    assertTrue(past.add(held).orElseThrow().contains("held up by a monitor 1 times"));
  }

  @Test
  void timeOffTheCpuWithoutAWaitIsNone() {
    assertTrue(run(0, 900 * MILLI, 10 * MICRO).isEmpty(), "a busy machine, a collection");
  }

  @Test
  void twoShortWaitsAmongThirtyRunsAreBadLuckAndThreeAreAHabit() {
    for (int i = 0; i < 300; i++) {
      assertTrue(run(i % 15 == 0 ? 1 : 0, 100 * MICRO, 10 * MICRO).isEmpty());
    }
    Optional<String> third = Optional.empty();
    for (int i = 0; i < 3; i++) {
      third = run(1, 100 * MICRO, 10 * MICRO);
    }
    assertTrue(third.isPresent());
  }

  @Test
  void theNetworkIsAFaultWhatTheCountersSay() {
    var reading = new GateReading(0, 0, 30 * MILLI, MICRO, Optional.of("sun.nio.ch.Net.poll at Waf.before"), true);
    String fault = past.add(reading).orElseThrow();
    assertTrue(fault.contains("network, seen in sun.nio.ch.Net.poll at Waf.before"), fault);
  }

  @Test
  void oneGoodRunAmongThirtyExcusesTheOthers() {
    for (int i = 0; i < 20_000; i++) {
      assertTrue(run(0, MILLI, i % GateRecord.RUNS == 0 ? 40 * MICRO : 3 * MILLI).isEmpty());
    }
  }

  @Test
  void coldCodeHasAWiderBudgetThanWarmCode() {
    for (int i = 0; i < GateRecord.WARM_UP; i++) {
      assertTrue(run(0, MILLI, 200 * MICRO).isEmpty());
    }
    assertTrue(run(0, MILLI, 200 * MICRO).orElseThrow()
        .startsWith("used 200 µs of CPU in the best of its last 30 runs"));
  }

  @Test
  void codeThatIsNeverCompiledForGoodHasItsOwnBudget() {
    assertFalse(ThreadCounters.optimizes(List.of("-ea", "-XX:TieredStopAtLevel=1")));
    assertFalse(ThreadCounters.optimizes(List.of("-Xint")));
    assertTrue(ThreadCounters.optimizes(List.of("-Xmx1g", "-XX:TieredStopAtLevel=4")));
    var slow = new GateRecord(GateRecord.UNOPTIMIZED_CPU_NANOS);
    for (int i = 0; i < GateRecord.WARM_UP; i++) {
      assertTrue(slow.add(new GateReading(0, 0, MILLI, 190 * MICRO, Optional.empty(), false)).isEmpty());
    }
    Optional<String> fault = Optional.empty();
    for (int i = 0; i < GateRecord.RUNS; i++) {
      fault = slow.add(new GateReading(0, 0, MILLI, 210 * MICRO, Optional.empty(), false));
    }
    assertTrue(fault.orElseThrow().contains("at most 200"), fault.orElseThrow());
  }

  @Test
  void overTheWiderBudgetItIsAFaultAfterThirtyRuns() {
    for (int i = 1; i < GateRecord.RUNS; i++) {
      assertTrue(run(0, 5 * MILLI, 5 * MILLI).isEmpty());
    }
    assertTrue(run(0, 5 * MILLI, 5 * MILLI).isPresent());
  }

  @Test
  void assertionsTurnTheWatchOnAndThePropertyDecidesOtherwise() {
    assertTrue(GateWatch.ON, "these tests run with assertions");
    assertTrue(GateWatch.isWanted("", true));
    assertFalse(GateWatch.isWanted("", false));
    assertTrue(GateWatch.isWanted("watch", false));
    assertFalse(GateWatch.isWanted("off", true));
    assertEquals(GateWatch.ON, GateWatch.class.desiredAssertionStatus());
  }
}
