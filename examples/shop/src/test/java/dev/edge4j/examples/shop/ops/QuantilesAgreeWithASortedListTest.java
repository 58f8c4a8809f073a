package dev.edge4j.examples.shop.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.edge.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the dashboard says of times is what a list of all of them would say, at most a thirty-second too high; and it is of the last minute. */
class QuantilesAgreeWithASortedListTest {
  @Test
  void quantilesAreThoseOfTheListAndNeverTooLow() {
    var random = new Random(7);
    for (int size : List.of(1, 2, 10, 1_000, 20_000)) {
      var histogram = new Histogram();
      List<Long> all = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        long micros = (long) Math.exp(random.nextDouble() * 16); // 1 microsecond to 9 seconds
        histogram.add(Duration.ofNanos(micros * 1_000));
        all.add(micros);
      }
      Collections.sort(all);
      assertEquals(size, histogram.count());
      for (double share : new double[]{0.01, 0.5, 0.95, 0.99, 1}) {
        long exact = all.get((int) Math.max(1, Math.ceil(share * size)) - 1);
        long found = histogram.quantile(share).toNanos() / 1_000;
        assertTrue(found >= exact && found <= exact + exact / 32, size + ", " + share + ": " + found + ", exact "
            + exact);
      }
    }
  }

  @Test
  void everyDurationIsInTheBucketThatEndsAtOrBehindIt() {
    for (long micros = 0; micros < 200_000; micros++) {
      int bucket = Histogram.bucket(micros);
      assertTrue(micros <= Histogram.end(bucket), "micros " + micros);
      assertTrue(bucket == 0 || micros > Histogram.end(bucket - 1), "micros " + micros);
    }
    assertTrue(Histogram.bucket(Long.MAX_VALUE) > Histogram.bucket(60_000_000));
  }

  @Test
  void nothingIsZero() {
    assertEquals(Duration.ZERO, new Histogram().quantile(0.99));
    assertEquals(0, new Histogram().count());
  }

  @Test
  void whatIsOlderThanAMinuteIsForgotten() {
    var now = new AtomicReference<>(Instant.EPOCH);
    var monitor = new Monitor(now::get, () -> Duration.ZERO);
    monitor.record(request(Duration.ofMillis(900), "memory"));
    now.set(Instant.EPOCH.plusSeconds(30));
    monitor.record(request(Duration.ofMillis(3), "replica"));
    LastMinute both = monitor.view();
    assertEquals(2, both.total().count());
    assertEquals(Map.of("memory", 1L, "replica", 1L), both.steps());
    assertEquals(List.of(0.5, 0.0, 1.0), both.ratios().stream().map(LastMinute.Ratio::share).toList());
    assertEquals("catalog", both.layers().getFirst().name());
    now.set(Instant.EPOCH.plusSeconds(64));
    assertEquals(1, monitor.view().total().count());
    assertTrue(monitor.view().total().p99().toMillis() < 4);
    now.set(Instant.EPOCH.plusSeconds(600));
    assertEquals(0, monitor.view().total().count());
    assertEquals(2, monitor.requests());
  }

  @Test
  void itsMemoryIsBoundedWhateverItIsTold() {
    var monitor = new Monitor(() -> Instant.EPOCH, () -> Duration.ZERO);
    for (int i = 0; i < 1_000; i++) {
      monitor.record(request(Duration.ofMillis(1), "step-" + i));
      monitor.event("event " + i);
      monitor.sample();
    }
    LastMinute last = monitor.view();
    assertTrue(last.steps().size() <= 33, "steps: " + last.steps().size());
    assertEquals(1_000, last.steps().values().stream().mapToLong(Long::longValue).sum());
    assertEquals(40, monitor.events().size());
    assertEquals("event 999", monitor.events().getFirst().text());
    assertEquals(120, monitor.samples().size());
    assertEquals(1, monitor.samples().getLast().requests());
  }

  private static Measured request(Duration took, String step) {
    var catalog = new Span("catalog", Duration.ZERO, took.dividedBy(2));
    return new Measured(200, took, List.of(catalog), Optional.of(step), Optional.empty());
  }
}
