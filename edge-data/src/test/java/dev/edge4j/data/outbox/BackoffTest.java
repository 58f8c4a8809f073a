package dev.edge4j.data.outbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.outbox.OutboxOptions.Backoff;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The wait doubles with each failure, never passes the longest, and is never the same for all. */
class BackoffTest {
  @Property
  void liesBetweenHalfOfTheDoubledWaitAndAllOfIt(@ForAll @LongRange(min = 1, max = 10_000_000_000L) long first,
      @ForAll @LongRange(min = 0, max = 100_000_000_000_000L) long more, @ForAll @IntRange(min = 1) int failures,
      @ForAll long seed) {
    var backoff = new Backoff(Duration.ofNanos(first), Duration.ofNanos(first + more));
    BigInteger doubled = BigInteger.valueOf(first).shiftLeft(Math.min(failures - 1, 100));
    long grown = doubled.min(BigInteger.valueOf(first + more)).longValueExact();
    long wait = backoff.after(failures, new Random(seed)).toNanos();
    assertTrue(wait >= grown / 2 && wait <= grown, () -> wait + " of " + grown);
  }
}
