package dev.edge4j.data.outbox;

import static dev.edge4j.data.outbox.FragileSink.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.outbox.FragileSink.Tried;
import dev.edge4j.data.outbox.FragileSink.Weather;
import dev.edge4j.data.outbox.OutboxOptions.Accept;
import dev.edge4j.data.outbox.OutboxOptions.WhenFull;
import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.data.sqlite.SqliteEventSink;
import dev.edge4j.data.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events wait on disk while their sink is away, and arrive in order and once; what it does not take is set aside. */
@Timeout(120)
class EventsWaitForTheirSinkTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final OutboxOptions OPTIONS = OutboxOptions.defaults()
      .withBatch(10, 1 << 20, Duration.ofMillis(1))
      .withBackoff(Duration.ofMillis(1), Duration.ofMillis(20));

  private static final Set<Thread.State> WAITS_OR_ENDED = EnumSet.of(Thread.State.TIMED_WAITING,
      Thread.State.TERMINATED);

  private final Path file;
  private final SqliteDatabase database;
  private final FragileSink sink;

  EventsWaitForTheirSinkTest(@TempDir Path folder) {
    this.file = folder.resolve("outbox.db");
    this.database = SqliteDatabase.open(folder.resolve("sink.db"));
    this.sink = new FragileSink(SqliteEventSink.on(database, "events"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private List<String> arrived() {
    return SqliteStore.on(database).query(String.class, "SELECT body ->> 'path' AS path FROM events ORDER BY id");
  }

  private static List<String> paths(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "/" + i).toList();
  }

  private static void append(Outbox outbox, int from, int to) {
    outbox.appendAll(paths(from, to).stream().map(FragileSink::event).toList());
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, "has not happened: " + what);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** What was taken is somewhere, and in one place alone. */
  private static void assertBalanced(Outbox outbox, long before) {
    assertEquals(before + outbox.accepted(), outbox.delivered() + outbox.pending() + outbox.dropped() + outbox
        .setAside());
  }

  @Test
  void throughAnOutageTheyArriveInOrder() {
    sink.weather = Weather.AWAY;
    try (Outbox outbox = Outbox.open(file, sink, OPTIONS)) {
      append(outbox, 0, 25);
      IntStream.range(25, 40).forEach(i -> outbox.append(event("/" + i)));
      assertFalse(outbox.flush(Duration.ofMillis(20)));
      await("it is away", outbox::isAway);
      assertEquals(40, outbox.pending());
      assertEquals(List.of(), arrived());
      sink.weather = Weather.FINE;
      assertTrue(outbox.flush(LONG));
      assertFalse(outbox.isAway());
      assertEquals(0, outbox.pending());
      assertEquals(0, outbox.pendingBytes());
      assertEquals(40, outbox.delivered());
      assertBalanced(outbox, 0);
    }
    assertEquals(paths(0, 40), arrived());
  }

  /** The disk says sooner than the counts that nothing waits: between the two the courier asks for the name of the sink that is back. */
  @Test
  void theCountsAreThoseOfTheDiskOnceItIsFlushed() {
    sink.weather = Weather.AWAY;
    try (Outbox outbox = Outbox.open(file, sink, OPTIONS)) {
      append(outbox, 0, 5);
      await("it is away", outbox::isAway);
      var seen = new AtomicReference<>("");
      var flusher = new Thread(() -> seen.set(outbox.flush(LONG) + " " + outbox.isAway() + " " + outbox.pending()));
      sink.asked = () -> {
        if (arrived().size() == 5) {
          sink.asked = () -> {};
          flusher.start();
          await("it waits, or has ended", () -> WAITS_OR_ENDED.contains(flusher.getState()));
        }
      };
      sink.weather = Weather.FINE;
      await("the sink is back", () -> flusher.getState() == Thread.State.TERMINATED);
      assertEquals("true false 0", seen.get());
    }
  }

  @Test
  void aBatchThatIsTriedAgainIsTheSameBatch() throws Exception {
    sink.weather = Weather.AWAY;
    Tried first;
    try (Outbox outbox = Outbox.open(file, sink, OPTIONS.withDrain(Duration.ZERO))) {
      outbox.append(event("/0"));
      first = sink.next();
      append(outbox, 1, 30);
      assertEquals(first, sink.next());
    }
    sink.tries.clear();
    try (Outbox outbox = Outbox.open(file, sink, OPTIONS.withBatch(5, 100, LONG))) { // of other limits, and at once
      assertEquals(30, outbox.pending());
      assertEquals(first, sink.next());
      sink.weather = Weather.FINE;
      assertTrue(outbox.flush(LONG));
      assertBalanced(outbox, 30);
    }
    assertEquals(paths(0, 30), arrived());
  }

  @Test
  void aLostAnswerCountsNothingTwice() {
    sink.weather = Weather.ANSWERS_LOST;
    try (Outbox outbox = Outbox.open(file, sink, OPTIONS)) {
      append(outbox, 0, 7);
      assertFalse(outbox.flush(Duration.ofMillis(20)));
      sink.weather = Weather.FINE;
      append(outbox, 7, 9);
      assertTrue(outbox.flush(LONG));
    }
    assertEquals(paths(0, 9), arrived());
  }

  @Test
  void anEventTheSinkDoesNotTakeIsSetAsideAndTheOthersArrive() {
    sink.poison = "/13";
    try (Outbox outbox = Outbox.open(file, sink, OPTIONS)) {
      append(outbox, 0, 40);
      assertTrue(outbox.flush(LONG));
      var expected = new ArrayList<>(paths(0, 40));
      expected.remove("/13");
      assertEquals(expected, arrived());
      assertEquals(1, outbox.setAside());
      SetAside aside = outbox.setAside(10).getFirst();
      assertEquals("/13", aside.event().get("path"));
      assertEquals("no column for /13", aside.error());
      assertBalanced(outbox, 0);
    }
    sink.poison = "";
    try (Outbox outbox = Outbox.open(file, sink, OPTIONS)) {
      assertEquals(1, outbox.setAside());
      outbox.retrySetAside();
      assertTrue(outbox.flush(LONG));
      assertEquals(0, outbox.setAside());
      assertEquals("/13", arrived().getLast());
    }
  }

  @Test
  void aBatchIsTriedSoOftenBeforeItsEventsAreBlamed() throws Exception {
    sink.poison = "/0";
    try (Outbox outbox = Outbox.open(file, sink, OPTIONS.withAttempts(4))) {
      append(outbox, 0, 2);
      assertTrue(outbox.flush(LONG));
      Tried first = sink.next();
      for (int again = 2; again <= 4; again++) {
        assertEquals(first, sink.next());
      }
      Tried half = sink.next();
      assertEquals(List.of("/0"), half.paths());
      assertFalse(half.token().equals(first.token()));
      assertEquals(List.of("/1"), sink.next().paths());
    }
  }

  @Test
  void aFullOutboxRefuses() {
    sink.weather = Weather.AWAY;
    try (Outbox outbox = Outbox.open(file, sink, OPTIONS.withBound(20, 1 << 20, WhenFull.REFUSE))) {
      append(outbox, 0, 15);
      var refused = assertThrows(StoreException.class, () -> append(outbox, 15, 21));
      assertEquals(Reason.BUSY, refused.reason());
      append(outbox, 21, 26);
      assertThrows(IllegalArgumentException.class, () -> append(outbox, 0, 21));
      sink.weather = Weather.FINE;
      assertTrue(outbox.flush(LONG));
      append(outbox, 26, 46);
      assertEquals(0, outbox.dropped());
      assertBalanced(outbox, 0);
    }
    assertEquals(40, new HashSet<>(arrived()).size());
  }

  @Test
  void orDropsTheOldestThatAreNotUnderWay() throws Exception {
    sink.weather = Weather.AWAY;
    long size = "{\"path\":\"/0\"}".length();
    try (Outbox outbox = Outbox.open(file, sink, OPTIONS.withBatch(3, 1 << 20, Duration.ofMillis(1))
        .withBound(1_000, 9 * size + 3, WhenFull.DROP_OLDEST))) {
      append(outbox, 0, 3);
      assertEquals(List.of("/0", "/1", "/2"), sink.next().paths());
      append(outbox, 3, 9);
      outbox.append(event("/a"));
      outbox.append(event("/b"));
      assertEquals(2, outbox.dropped());
      assertEquals(9, outbox.pending());
      sink.weather = Weather.FINE;
      assertTrue(outbox.flush(LONG));
      assertBalanced(outbox, 0);
    }
    assertEquals(List.of("/0", "/1", "/2", "/5", "/6", "/7", "/8", "/a", "/b"), arrived());
  }

  @Test
  void theDiskIsLeftAloneUntilTheSinkIsAway() throws Exception {
    try (Outbox outbox = Outbox.open(file, sink, OPTIONS.withAccept(Accept.WHEN_AWAY))) {
      append(outbox, 0, 4);
      assertEquals(paths(0, 4), arrived());
      sink.poison = "/4";
      assertTrue(assertThrows(StoreException.class, () -> append(outbox, 4, 5)).permanent(), "its caller hears it");
      sink.tries.clear();
      sink.weather = Weather.ANSWERS_LOST;
      append(outbox, 5, 8);
      Tried first = sink.next();
      assertEquals(3, outbox.pending());
      append(outbox, 8, 9); // behind the others
      assertEquals(first, sink.next());
      sink.weather = Weather.FINE;
      assertTrue(outbox.flush(LONG));
      assertEquals(8, outbox.accepted());
      assertBalanced(outbox, 0);
    }
    assertEquals(List.of("/0", "/1", "/2", "/3", "/5", "/6", "/7", "/8"), arrived());
  }

  @Test
  void closingWaitsNoLongerThanItMay() throws Exception {
    sink.weather = Weather.SILENT;
    Outbox outbox = Outbox.open(file, sink, OPTIONS.withDrain(Duration.ofMillis(50)));
    append(outbox, 0, 3);
    sink.next(); // it hangs
    outbox.close(); // the test's timeout is the proof
    outbox.close();
    assertEquals(Reason.CLOSED, assertThrows(StoreException.class, () -> append(outbox, 3, 4)).reason());
    sink.weather = Weather.FINE;
    Outbox.open(file, sink, OPTIONS).close();
    assertEquals(paths(0, 3), arrived());
  }

  @Test
  void aFileBelongsToOneOutbox() {
    try (Outbox _ = Outbox.open(file, sink, OPTIONS)) {
      assertEquals(Reason.BUSY, assertThrows(StoreException.class, () -> Outbox.open(file, sink)).reason());
    }
  }
}
