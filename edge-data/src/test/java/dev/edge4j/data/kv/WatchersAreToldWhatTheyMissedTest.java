package dev.edge4j.data.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvWatchers;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A listener that falls behind keeps nobody up and is told that it missed something; copies are dropped then. */
class WatchersAreToldWhatTheyMissedTest {
  private static final int MANY = 5_000;

  @Test
  void aListenerThatHangsIsToldMissedAndThenGoesOn() throws InterruptedException {
    var watchers = new KvWatchers();
    var told = new LinkedBlockingQueue<KvChange>();
    var gate = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    watchers.add("", change -> {
      begun.countDown();
      awaitOpen(gate);
      told.add(change);
    });
    watchers.tell(KvChange.put("first"));
    assertTrue(begun.await(30, TimeUnit.SECONDS));
    for (int i = 0; i < MANY; i++) {
      watchers.tell(KvChange.put("k" + i)); // never waits
    }
    gate.countDown();
    watchers.tell(KvChange.put("last"));
    assertEquals(KvChange.put("first"), told.poll(30, TimeUnit.SECONDS));
    assertEquals(KvChange.missed(), told.poll(30, TimeUnit.SECONDS));
    KvChange change = KvChange.missed();
    for (int i = 0; i < MANY && !change.equals(KvChange.put("last")); i++) {
      change = Optional.ofNullable(told.poll(30, TimeUnit.SECONDS)).orElseThrow();
    }
    assertEquals(KvChange.put("last"), change);
    watchers.close();
    assertTrue(watchers.isEmpty());
    assertThrows(IllegalStateException.class, () -> watchers.add("", told::add));
  }

  @Test
  void copiesAreDroppedWhenChangesWereMissed() throws InterruptedException {
    var watchers = new KvWatchers();
    var store = new MemoryKv();
    try (var cached = CachedKv.over(new HookedKv(store, watchers))) {
      Duration hour = Duration.ofHours(1);
      store.put("a", new byte[1]);
      assertEquals(1, cached.entry("a", hour).map(KvEntry::length).orElseThrow());
      store.put("a", new byte[2]);
      assertEquals(1, cached.entry("a", hour).map(KvEntry::length).orElseThrow());
      watchers.tell(KvChange.missed());
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (cached.entry("a", hour).map(KvEntry::length).orElseThrow() == 1) {
        assertTrue(System.nanoTime() < end, "the copy was not dropped");
        Thread.sleep(1);
      }
    }
    store.close();
  }

  private static void awaitOpen(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
