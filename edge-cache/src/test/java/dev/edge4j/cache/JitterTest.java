package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Values that were loaded together do not end together: freshness is cut by a random share, and never longer than said. */
class JitterTest {
  private static Times times(Duration freshFor, double jitter, double random) {
    EntryOptions options = EntryOptions.defaults().withJitter(jitter).withStaleFor(Duration.ofSeconds(10));
    return Times.loaded(1_000, freshFor, options, 0, () -> random);
  }

  @Property(tries = 200)
  void freshnessIsBetweenTheCutAndTheWhole(@ForAll @LongRange(min = 1, max = 1_000_000) long millis,
      @ForAll @DoubleRange(max = 0.99) double jitter, @ForAll @DoubleRange(max = 0.99) double random) {
    long fresh = times(Duration.ofMillis(millis), jitter, random).freshUntil() - 1_000;
    assertTrue(fresh <= millis);
    assertTrue(fresh >= Math.floor(millis * (1 - jitter)) - 1, fresh + " of " + millis);
  }

  @Test
  void theWindowsOfStalenessBeginWhereFreshnessEnds() {
    Times cut = times(Duration.ofSeconds(100), 0.1, 0.5);
    assertEquals(new Times(1_000, 96_000, 106_000, 106_000, 0), cut);
    assertTrue(cut.isFresh(95_999));
    assertFalse(cut.isFresh(96_000));
  }

  @Test
  void aWholeIsNoShare() {
    EntryOptions options = EntryOptions.defaults();
    assertThrows(IllegalArgumentException.class, () -> options.withJitter(1));
    assertThrows(IllegalArgumentException.class, () -> options.withJitter(-0.1));
    assertThrows(IllegalArgumentException.class, () -> options.withJitter(Double.NaN));
  }
}
