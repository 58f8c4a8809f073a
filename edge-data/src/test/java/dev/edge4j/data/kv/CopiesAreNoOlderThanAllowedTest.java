package dev.edge4j.data.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node's copies answer reads that may be old, absent keys too, and never with what is older than the read allows. */
class CopiesAreNoOlderThanAllowedTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualClock clock = new VirtualClock();
  private final MemoryKv store = new MemoryKv(10_000, clock);
  private final HookedKv line = new HookedKv(store, true);
  private final CachedKv cached = CachedKv.over(line, 100, 1 << 20, clock);

  @AfterEach
  void close() {
    cached.close();
    store.close();
  }

  @Test
  void aCopyAnswersForAsLongAsTheReadAllows() {
    store.put("a", bytes("1"));
    assertEquals("1", text("a", MINUTE));
    store.put("a", bytes("2"));
    clock.advance(SECOND);
    assertEquals("1", text("a", SECOND));
    assertEquals("2", text("a", SECOND.minusNanos(1)), "a read that allows less reads afresh");
    assertEquals("2", text("a", MINUTE), "and its copy serves those that allow more");
    clock.advance(MINUTE);
    store.put("a", bytes("3"));
    assertEquals("2", text("a", MINUTE));
    clock.advance(Duration.ofNanos(1));
    assertEquals("3", text("a", MINUTE));
    assertEquals(new CachedKv.Stats(3, 3, 0, 1, cached.stats().bytes()), cached.stats());
    assertEquals("3", text("a", Duration.ofDays(1_000_000)));
  }

  @Test
  void anAbsentKeyIsRememberedToo() {
    assertEquals("none", text("a", MINUTE));
    store.put("a", bytes("1"));
    assertEquals("none", text("a", MINUTE));
    assertEquals(1, line.reads.get());
    clock.advance(MINUTE.plusNanos(1));
    assertEquals("1", text("a", MINUTE));
  }

  @Test
  void aReadWithoutAnAgeIsFreshAndRenewsTheCopy() {
    store.put("a", bytes("1"));
    assertEquals("1", text("a", MINUTE));
    store.put("a", bytes("2"));
    assertEquals("2", text("a", Duration.ZERO));
    assertEquals("2", text("a", MINUTE));
    assertEquals(2, line.reads.get());
    store.put("a", bytes("3"));
    assertEquals("3", new String(cached.get("a").orElseThrow(), UTF_8));
  }

  @Test
  void aCopyDoesNotOutliveItsExpiry() {
    store.put("a", bytes("1"), SECOND);
    assertEquals("1", text("a", MINUTE));
    clock.advance(SECOND);
    assertEquals("none", text("a", MINUTE));
    assertEquals("none", text("a", MINUTE));
    assertEquals(2, line.reads.get());
  }

  @Test
  void ownWritesAreSeenAtOnce() {
    for (int round = 0; round < 3; round++) {
      cached.put("a", bytes("1"), KvOptions.none());
      long version = cached.entry("a", MINUTE).orElseThrow().version();
      cached.putIf("a", version, bytes("2"), KvOptions.none());
      assertEquals("2", text("a", MINUTE));
      cached.putAll(Map.of("a", bytes("3"), "b", bytes("3")), KvOptions.none());
      assertEquals("3", text("a", MINUTE));
      long touched = cached.touch("a", SECOND).orElseThrow();
      assertEquals(touched, cached.entry("a", MINUTE).orElseThrow().version());
      assertTrue(cached.deleteIf("a", touched));
      assertEquals("none", text("a", MINUTE));
      cached.putIfAbsent("a", bytes("4"), MINUTE);
      assertEquals("4", text("a", MINUTE));
      cached.delete("a");
      assertEquals("none", text("a", MINUTE));
      cached.put("a", bytes("5"));
      assertEquals("5", text("a", MINUTE));
      cached.put("a", bytes("6"), MINUTE);
      assertEquals("6", text("a", MINUTE));
    }
  }

  @Test
  void aWriteWhoseAnswerWasLostIsSeenToo() {
    cached.put("a", bytes("1"), KvOptions.none());
    assertEquals("1", text("a", MINUTE));
    line.losesAnswers = true;
    assertThrows(StoreException.class, () -> cached.put("a", bytes("2"), KvOptions.none()));
    assertEquals("2", text("a", MINUTE));
  }

  @Test
  void aLostRaceForAVersionDropsTheCopyThatLostIt() {
    long version = cached.put("a", bytes("1"), KvOptions.none());
    assertEquals("1", text("a", MINUTE));
    store.put("a", bytes("2"));
    assertTrue(cached.putIf("a", version, bytes("3"), KvOptions.none()).isEmpty());
    assertEquals("2", text("a", MINUTE));
  }

  @Test
  void changesThatTheStoreTellsDropCopies() throws InterruptedException {
    try (var hearing = CachedKv.over(new HookedKv(store, false), 100, 1 << 20, clock)) {
      store.put("a", bytes("1"));
      hearing.entry("a", MINUTE);
      hearing.entry("b", MINUTE);
      store.put("a", bytes("2"));
      store.put("b", bytes("1"));
      await(() -> hearing.entry("a", MINUTE).orElseThrow().text().equals("2"));
      await(() -> hearing.entry("b", MINUTE).isPresent());
      store.delete("a");
      await(() -> hearing.entry("a", MINUTE).isEmpty());
    }
  }

  @Test
  void manyKeysAreReadFromCopiesAndTheRestAtOnce() {
    store.put("a", bytes("1"));
    store.put("b", bytes("1"));
    assertEquals(Set.of("a"), cached.entries(List.of("a", "none"), MINUTE).keySet());
    store.put("a", bytes("2"));
    store.put("none", bytes("2"));
    Map<String, KvEntry> found = cached.entries(List.of("b", "a", "none"), MINUTE);
    assertEquals(List.of("b", "a"), List.copyOf(found.keySet()));
    assertEquals(List.of("1", "1"), found.values().stream().map(KvEntry::text).toList());
    assertEquals(2, line.reads.get(), "one call for all that was missing");
    assertEquals(found, cached.entries(List.of("b", "a", "none"), MINUTE));
    assertEquals(2, line.reads.get());
    assertEquals(Set.of("a", "b", "none"), cached.entries(List.of("a", "b", "none")).keySet());
  }

  @Test
  void copiesAreBoundedInNumberAndBytes() {
    for (int i = 0; i < 300; i++) {
      cached.entry("k" + i, MINUTE);
    }
    assertEquals(100, cached.stats().entries());
    assertEquals(200, cached.stats().evictions());
    line.reads.set(0);
    cached.entry("k299", MINUTE);
    assertEquals(0, line.reads.get(), "the last used are kept");
    for (int i = 0; i < 20; i++) {
      store.put("large" + i, new byte[100_000]);
      cached.entry("large" + i, MINUTE);
      assertTrue(cached.stats().bytes() <= 1 << 20);
    }
    int before = cached.stats().entries();
    store.put("huge", new byte[300_000]);
    assertEquals(300_000, cached.entry("huge", MINUTE).orElseThrow().length());
    assertEquals(before, cached.stats().entries(), "one value does not push out all others");
  }

  @Test
  void aCopyCannotBeChangedByWhoReadsIt() {
    store.put("a", bytes("1"));
    cached.entry("a", MINUTE).orElseThrow().value()[0] = 'x';
    assertEquals("1", text("a", MINUTE));
  }

  @Test
  void anAgeIsNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> cached.entry("a", Duration.ofNanos(-1)));
    assertThrows(IllegalArgumentException.class, () -> cached.entries(List.of("a"), Duration.ofNanos(-1)));
    assertThrows(IllegalArgumentException.class, () -> CachedKv.over(store, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> cached.entry("", MINUTE));
  }

  private String text(String key, Duration atMost) {
    return cached.entry(key, atMost).map(KvEntry::text).orElse("none");
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not come");
      Thread.sleep(1);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
