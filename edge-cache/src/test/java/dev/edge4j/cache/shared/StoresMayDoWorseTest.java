package dev.edge4j.cache.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.MemoryKv;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Stores that end in an Error or hang, clocks that are set back, caches that are never closed: nothing gets stuck, or stays for ever. */
class StoresMayDoWorseTest {
  private final TestClock clock = new TestClock();

  @Test
  void anErrorOfAStoreIsAFailureLikeOthers() {
    var kv = new FailingKv(new MemoryKv(10, clock)) {
      @Override
      public void delete(String key) {
        if (cut) {
          throw new AssertionError("a bug in a driver");
        }
        super.delete(key);
      }

      @Override
      public boolean isLocal() {
        return true;
      }
    };
    var quiet = new QuietKv(kv, "t:", () -> {}, new Complaints(clock));
    kv.cut = true;
    boolean _ = quiet.delete("k");
    assertEquals(1, quiet.pending());
    kv.cut = false;
    Waiting.until(() -> quiet.pending() == 0);
    assertTrue(quiet.put("k", new byte[]{1}, Duration.ofMinutes(1)));
  }

  @Test
  void whoeverFindsAHangingStoreDoesSoForAllWhoWait() throws Exception {
    var kv = new HangingKv(new MemoryKv(10, InstantSource.system()));
    var quiet = new QuietKv(kv, "t:", () -> {}, new Complaints(InstantSource.system()));
    var versions = new TagVersions(Optional.of(quiet), InstantSource.system());
    kv.hang();
    long began = System.nanoTime();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      callers.add(Thread.startVirtualThread(() -> versions.standing(Stamp.FIRST, InstantSource.system().millis())));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    kv.answer();
    versions.close();
    assertTrue(took.compareTo(Caller.PATIENCE.multipliedBy(3)) < 0, () -> "they waited for " + took);
  }

  @Test
  void timeGoesOnAfterAClockWasSetBack() {
    var ticks = new Ticks(clock);
    clock.advance(Duration.ofSeconds(2));
    assertEquals(2_000_000_000L, ticks.nanos());
    clock.advance(Duration.ofHours(-1));
    assertEquals(2_000_000_000L, ticks.nanos());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(3_000_000_000L, ticks.nanos());
  }

  @Test
  void versionsThatNobodyHasAnyMoreAreNotReadAhead() {
    WeakReference<TagVersions> forgotten = forgotten();
    Waiting.until(() -> {
      System.gc();
      return forgotten.get() == null;
    });
  }

  private WeakReference<TagVersions> forgotten() {
    var complaints = new Complaints(clock);
    var bus = Bus.of(Backplane.inProcess(), "t", () -> {}, complaints);
    var versions = new TagVersions(Optional.of(new QuietKv(new MemoryKv(10, clock), "t:", () -> {}, complaints)), bus,
        clock);
    Standing _ = versions.standingNow(Stamp.FIRST, clock.millis()); // begins to read ahead
    return new WeakReference<>(versions);
  }
}
