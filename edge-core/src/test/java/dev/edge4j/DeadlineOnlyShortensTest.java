package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Headers;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deadline is what is left of it, on one clock; on its way through several hands it only ever comes nearer. */
class DeadlineOnlyShortensTest {
  private final VirtualClock time = new VirtualClock();

  @Test
  void whatIsLeftShrinksAsTimePassesAndEndsAtZero() {
    Deadline deadline = Deadline.in(Duration.ofMillis(100), time);
    time.advance(Duration.ofMillis(30));
    assertEquals(Optional.of(Duration.ofMillis(70)), deadline.remaining());
    assertFalse(deadline.isOver());
    deadline.check();
    time.advance(Duration.ofMillis(70));
    assertTrue(deadline.isOver());
    assertEquals(504, assertThrows(GatewayTimeout.class, deadline::check).status());
    time.advance(Duration.ofMillis(1));
    assertEquals(Optional.of(Duration.ZERO), deadline.remaining());
  }

  @Test
  void noneIsNeverOverAndYieldsToAnyOther() {
    Deadline other = Deadline.in(Duration.ofDays(1), time);
    assertEquals(Optional.empty(), Deadline.none().remaining());
    assertFalse(Deadline.none().isOver());
    Deadline.none().check();
    assertEquals(other, Deadline.none().sooner(other));
    assertEquals(other, other.sooner(Deadline.none()));
    assertEquals(Deadline.none(), Deadline.none().sooner(Deadline.none()));
  }

  @Test
  void aWaitForOneThingEndsAtTheDeadline() {
    Deadline deadline = Deadline.in(Duration.ofSeconds(3), time);
    assertEquals(Duration.ofSeconds(2), deadline.atMost(Duration.ofSeconds(2)));
    assertEquals(Duration.ofSeconds(3), deadline.atMost(Duration.ofSeconds(4)));
    assertEquals(Duration.ofSeconds(4), Deadline.none().atMost(Duration.ofSeconds(4)));
  }

  @Test
  void anOutboundCallTellsWholeMillisecondsThatAreLeft() {
    Deadline deadline = Deadline.in(Duration.ofNanos(1_999_999), time);
    assertEquals(Headers.of("A", "b", "X-Edge-Timeout-Ms", "1"), deadline.on(Headers.of("A", "b")));
    time.advance(Duration.ofSeconds(1));
    assertEquals(Headers.of("X-Edge-Timeout-Ms", "0"), deadline.on(Headers.of("x-edge-timeout-ms", "9000")));
  }

  @Test
  void withoutADeadlineTheFieldThatCameInDoesNotGoOn() {
    assertEquals(Headers.of("A", "b"), Deadline.none().on(Headers.of("A", "b", "X-Edge-Timeout-Ms", "9000")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-1", "+1", "1.5", "1e3", "0x10", "10ms", "²", "1000000000000000",
      "99999999999999999999"})
  void aMalformedCountIsNotHeard(String value) {
    assertEquals(Deadline.none(), Deadline.of(Headers.of(Deadline.HEADER, value), time));
  }

  @Test
  void severalCountsAreNotHeard() {
    assertEquals(Deadline.none(), Deadline.of(Headers.of(Deadline.HEADER, "5", Deadline.HEADER, "5"), time));
    assertEquals(Deadline.none(), Deadline.of(Headers.of(Deadline.HEADER, "5, 5"), time));
    assertEquals(Deadline.none(), Deadline.of(Headers.empty(), time));
  }

  @Test
  void moreThanALongOfNanosecondsIsStillInTheFuture() {
    Deadline far = Deadline.in(Duration.ofSeconds(Long.MAX_VALUE), time);
    assertFalse(far.isOver());
    assertFalse(Deadline.of(Headers.of(Deadline.HEADER, "999999999999999"), time).isOver());
    assertTrue(Deadline.in(Duration.ofSeconds(Long.MIN_VALUE), time).isOver());
  }

  @Property
  void theSoonerOfTwoIsWhicheverLeavesLess(@ForAll @IntRange(max = 1_000) int one,
      @ForAll @IntRange(max = 1_000) int two,
      @ForAll @IntRange(max = 2_000) int later, @ForAll boolean oneClock) {
    var clock = new VirtualClock();
    var other = oneClock ? clock : new VirtualClock();
    Deadline sooner = Deadline.in(Duration.ofMillis(one), clock).sooner(Deadline.in(Duration.ofMillis(two), other));
    clock.advance(Duration.ofMillis(later));
    if (!oneClock) {
      other.advance(Duration.ofMillis(later));
    }
    assertEquals(Optional.of(Duration.ofMillis(Math.max(0, Math.min(one, two) - later))), sooner.remaining());
  }

  @Property
  void eachHopSeesNoMoreThanTheOneBefore(@ForAll @IntRange(max = 100_000) int millis,
      @ForAll @IntRange(max = 1_000) int spent, @ForAll @IntRange(max = 999_999) int nanos) {
    var here = new VirtualClock();
    Deadline ours = Deadline.in(Duration.ofMillis(millis), here);
    here.advance(Duration.ofMillis(spent).plusNanos(nanos));
    Deadline theirs = Deadline.of(ours.on(Headers.empty()), new VirtualClock());
    Duration lost = ours.remaining().orElseThrow().minus(theirs.remaining().orElseThrow());
    assertFalse(lost.isNegative());
    assertTrue(lost.toNanos() < 1_000_000, () -> "a hop costs less than a millisecond: " + lost);
  }
}
