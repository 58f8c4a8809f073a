package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A copy is as old as the newest question that it has caught up with, and never said to be younger than it is. */
class FreshnessTest {
  @Test
  void isUnknownUntilAProbeIsSatisfied() {
    var freshness = new Freshness();
    assertEquals(Optional.empty(), freshness.age(0));
    freshness.asked(100, 50, 40);
    assertEquals(Optional.empty(), freshness.age(200));
    freshness.applied(49);
    assertEquals(Optional.empty(), freshness.age(200));
    freshness.applied(50);
    assertEquals(Optional.of(Duration.ofNanos(100)), freshness.age(200));
  }

  @Test
  void growsByItselfWhileNothingIsHeard() {
    var freshness = new Freshness();
    freshness.asked(100, 50, 50);
    assertEquals(Optional.of(Duration.ofNanos(1)), freshness.age(101));
    assertEquals(Optional.of(Duration.ofSeconds(5)), freshness.age(5_000_000_100L));
  }

  @Test
  void takesTheNewestOfSeveralProbes() {
    var freshness = new Freshness();
    freshness.asked(100, 50, 0);
    freshness.asked(200, 60, 0);
    freshness.asked(300, 70, 0);
    freshness.applied(65);
    assertEquals(Optional.of(Duration.ofNanos(800)), freshness.age(1_000));
  }

  /** The copy at time t shows what the origin had at some time s; the age told must be at least t - s. */
  @Property(tries = 200)
  void neverUnderstates(@ForAll @Size(min = 1, max = 100) List<@IntRange(min = 0, max = 2) Integer> steps) {
    var freshness = new Freshness();
    var committedAt = new java.util.ArrayList<Long>(List.of(0L)); // by position, when the origin came to it
    long now = 0;
    int applied = 0;
    for (int step : steps) {
      now += 10;
      switch (step) {
        case 0 -> committedAt.add(now);
        case 1 -> freshness.asked(now, committedAt.size() - 1L, applied);
        default -> applied = Math.min(applied + 1, committedAt.size() - 1);
      }
      freshness.applied(applied);
      long shown = applied == committedAt.size() - 1 ? now : committedAt.get(applied + 1); // it lacks what came then
      long trueAge = now - shown;
      freshness.age(now).ifPresent(age -> assertTrue(age.toNanos() >= trueAge, age + " told, " + trueAge + " is true"));
    }
  }
}
