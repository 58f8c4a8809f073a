package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.runtime.Step;
import dev.edge4j.state.testing.CrashPoint;
import dev.edge4j.state.testing.ObjectsHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test kit: the clock moves when told, objects leave memory when told, and a crash is one: nothing of that process comes after. */
@Timeout(60)
class ObjectsHarnessTest {
  private ObjectsHarness<Namespace<Counter>> harness;

  @BeforeEach
  void open(@TempDir Path folder) {
    harness = ObjectsHarness.open(folder, DurableObjectsOptions.defaults().withShards(1), ObjectsHarnessTest::declare);
  }

  @AfterEach
  void close() {
    harness.close();
  }

  private static Namespace<Counter> declare(DurableObjects objects) {
    return objects.namespace("counter", Counter.class, Counter.Stored::new);
  }

  @Test
  void theClockStandsUntilItIsMoved() {
    Instant start = Instant.parse("2030-01-01T00:00:00Z");
    assertEquals(start, harness.clock().instant());
    harness.advance(Duration.ofDays(3));
    assertEquals(start.plus(Duration.ofDays(3)), harness.clock().instant());
  }

  @Test
  void idleObjectsLeaveMemoryWhenTheClockMoves() {
    counter().add(1);
    harness.advance(Duration.ofSeconds(119));
    assertTrue(harness.app().evict("one"));
    assertEquals(1, counter().value());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    do {
      harness.advance(Duration.ofMinutes(2)); // a turn ends behind its answer, and an object with one is not idle
    } while (awake() > 0 && System.nanoTime() < until);
    assertFalse(harness.app().evict("one"));
    assertEquals(1, counter().value());
  }

  private long awake() {
    return harness.objects().stats().stream().mapToLong(NamespaceStats::awake).sum();
  }

  @Test
  void aRestartReadsWhatIsOnDisk() {
    counter().add(5);
    harness.restart();
    assertEquals(5, counter().value());
  }

  @ParameterizedTest
  @CsvSource({"TURN_BEGINS,1,5", "TURN_ENDS,1,5", "COMMIT_HANDED_OVER,1,5", "COMMIT_DURABLE,1,15", "TURN_BEGINS,2,15",
      "COMMIT_HANDED_OVER,2,15", "COMMIT_DURABLE,2,115"})
  void aCrashKeepsWhatWasCommittedAndNoMore(CrashPoint point, int n, long kept) {
    counter().add(5);
    harness.crashAt(point, n);
    var replies = new ArrayList<CompletableFuture<Long>>();
    for (long amount : List.of(10L, 100L, 1000L)) {
      replies.add(Threads.call(() -> counter().add(amount)));
      replies.getLast().exceptionally(_ -> -1L).join();
    }
    assertTrue(harness.hasCrashed());
    long given = replies.stream().filter(reply -> !reply.isCompletedExceptionally()).count();
    assertEquals(n - 1, given, "replies");
    assertThrows(IllegalStateException.class, () -> harness.advance(Duration.ofDays(1)));
    harness.restart();
    assertEquals(kept, counter().value());
    assertEquals(kept + 1, counter().add(1));
  }

  @Test
  void afterTheReplyAllIsThere() {
    harness.crashAt(CrashPoint.REPLIED, 1);
    assertEquals(5, counter().add(5));
    Threads.awaitThat(harness::hasCrashed);
    assertThrows(ObjectException.class, () -> counter().value());
    harness.restart();
    assertEquals(5, counter().value());
  }

  @Test
  void noThreadOfTheOldProcessCommitsAnything() {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var old = harness.objects().namespace("held", Counter.class, state -> new Held(new Counter.Stored(state), () -> {
      begun.countDown();
      Threads.await(go);
    })).get("one");
    var turn = Threads.call(() -> old.add(7));
    Threads.await(begun);
    harness.crash();
    harness.restart();
    Namespace<Counter> held = harness.objects().namespace("held", Counter.class, Counter.Stored::new);
    assertEquals(0, held.get("one").value());
    go.countDown();
    assertEquals(ObjectException.class, Threads.failure(turn).getClass());
    assertThrows(ObjectException.class, () -> old.add(7));
    harness.restart();
    assertEquals(0, harness.objects().namespace("held", Counter.class, Counter.Stored::new).get("one").value());
  }

  /** Each caller knows of a prefix of what is there; what is there is what was in turn. */
  @Test
  void aCrashAmidManyCallersLosesNothingAcknowledged() {
    List<CrashPoint> points = List.of(CrashPoint.TURN_BEGINS, CrashPoint.TURN_ENDS, CrashPoint.COMMIT_HANDED_OVER,
        CrashPoint.COMMIT_DURABLE, CrashPoint.REPLIED);
    for (int round = 1; round <= 20; round++) {
      CrashPoint point = points.get(round % points.size());
      String name = "many" + round;
      harness.crashAt(point, 7 * round);
      List<CompletableFuture<Long>> replies = IntStream.range(0, 100)
          .mapToObj(_ -> Threads.call(() -> harness.app().get(name).add(1)))
          .toList();
      long acknowledged = replies.stream()
          .map(reply -> reply.exceptionally(_ -> 0L))
          .mapToLong(
              CompletableFuture::join)
          .max()
          .orElse(0);
      if (harness.hasCrashed()) {
        harness.restart();
      } else {
        harness.crash();
        harness.restart();
      }
      long kept = harness.app().get(name).value();
      assertTrue(kept >= acknowledged && kept <= 100, point + ": " + acknowledged + " acknowledged, " + kept + " kept");
    }
  }

  @Test
  void everyStepMayBeWhereItCrashes() {
    assertEquals(Stream.of(Step.values()).map(Enum::name).toList(), Stream.of(CrashPoint.values())
        .map(Enum::name)
        .toList());
    assertThrows(IllegalArgumentException.class, () -> harness.crashAt(CrashPoint.REPLIED, 0));
  }

  /** Does something before each addition. */
  private record Held(Counter inner, Runnable before) implements Counter {
    @Override
    public long add(long amount) {
      before.run();
      return inner.add(amount);
    }

    @Override
    public long value() {
      return inner.value();
    }

    @Override
    public long addAndFail(long amount) {
      return inner.addAndFail(amount);
    }
  }

  private Counter counter() {
    return harness.app().get("one");
  }
}
