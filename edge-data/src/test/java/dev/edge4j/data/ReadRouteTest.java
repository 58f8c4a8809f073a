package dev.edge4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Whatever the lag and whatever is known of the visitor, no route breaks a promise. */
class ReadRouteTest {
  private static final long MOST = 100_000;

  @Property
  void anEventualReadIsNeverOlderThanItsLag(@ForAll @LongRange(min = 0, max = MOST) long lag,
      @ForAll @LongRange(min = 0, max = MOST) long maxLag, @ForAll boolean known) {
    ReadRoute route = ReadRoute.of(Promises.eventual(Duration.ofMillis(maxLag)), Duration.ofMillis(lag), known, Optional
        .empty());
    assertEquals(lag <= maxLag, route instanceof ReadRoute.AskReplica);
    assertFalse(route instanceof ReadRoute.AwaitReplica);
  }

  @Property
  void aReadAfterAWriteWaitsForIt(@ForAll @LongRange(min = 0, max = MOST) long lag, @ForAll boolean known,
      @ForAll @LongRange(min = 0) long offset, @ForAll boolean hasSeen) {
    Optional<Position> seen = hasSeen ? Optional.of(new Position("h", offset)) : Optional.empty();
    switch (ReadRoute.of(Promises.readAfterWrite(), Duration.ofMillis(lag), known, seen)) {
      case ReadRoute.AwaitReplica(Position position) -> assertEquals(seen, Optional.of(position));
      case ReadRoute.AskReplica _ -> assertTrue(known && seen.isEmpty());
      case ReadRoute.AskOrigin _ -> assertTrue(!known && seen.isEmpty());
    }
  }

  @Property
  void aStrongReadNeverTouchesACopy(@ForAll @LongRange(min = 0, max = MOST) long lag, @ForAll boolean known) {
    assertInstanceOf(ReadRoute.AskOrigin.class, ReadRoute.of(Promises.strong(), Duration.ofMillis(lag), known, Optional
        .of(Position.START)));
    assertTrue(ReadRoute.refusalIfError(Promises.strong(), Duration.ofMillis(lag)).isPresent());
    assertTrue(ReadRoute.refusalIfError(Promises.readAfterWrite(), Duration.ofMillis(lag)).isPresent());
    assertFalse(ReadRoute.isStaleUnasked(Promises.strong()) || ReadRoute.isStaleUnasked(Promises.readAfterWrite()));
  }

  @Property
  void aStaleReadIsNeverOlderThanItsClassAllows(@ForAll @LongRange(min = 0, max = MOST) long lag,
      @ForAll @LongRange(min = 0, max = MOST) long maxLag, @ForAll @LongRange(min = 0, max = MOST) long more,
      @ForAll boolean unasked) {
    Promise.Eventual fresh = Promises.eventual(Duration.ofMillis(maxLag));
    Duration most = Duration.ofMillis(maxLag + more);
    Promise.Eventual promise = unasked ? fresh.serveStale(most) : fresh.staleIfError(most);
    assertEquals(lag <= maxLag + more, ReadRoute.refusalIfError(promise, Duration.ofMillis(lag)).isEmpty());
    assertEquals(lag <= maxLag, ReadRoute.refusalIfError(fresh, Duration.ofMillis(lag)).isEmpty());
    assertEquals(unasked && most.isPositive(), ReadRoute.isStaleUnasked(promise));
  }
}
