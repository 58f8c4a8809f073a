package dev.edge4j.cache.shared;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.resilience.CircuitBreaker.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that fails, hangs and comes back: nobody sees an error, and what was to be done there is done in the end. */
@Timeout(60)
class FailedWritesAreDoneLaterTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final TestClock clock = new TestClock();
  private final MemoryKv memory = new MemoryKv(100_000, clock);
  private final FailingKv store = new FailingKv(memory);
  private final AtomicInteger failures = new AtomicInteger();

  private QuietKv quiet(KvStore kv, Outbox.Limits limits) {
    return new QuietKv(kv, "q:", failures::incrementAndGet, new Complaints(clock), limits);
  }

  private QuietKv quiet() {
    return quiet(store, Outbox.Limits.DEFAULT);
  }

  private static byte[] bytes(int value) {
    return new byte[]{(byte) value};
  }

  private void comesBack(QuietKv kv) {
    store.cut = false;
    Waiting.until(() -> {
      clock.advance(Duration.ofSeconds(1)); // for the breaker
      return kv.pending() == 0;
    });
  }

  @Test
  void theNewestOfEachKey() {
    QuietKv kv = quiet();
    assertTrue(kv.put("deleted", bytes(1), LONG));
    assertTrue(kv.put("written", bytes(1), LONG));
    store.cut = true;
    for (int i = 2; i <= 9; i++) {
      assertFalse(kv.put("written", bytes(i), LONG));
      assertFalse(kv.put("deleted", bytes(i), LONG));
    }
    assertFalse(kv.delete("deleted"));
    assertEquals(2, kv.pending());
    comesBack(kv);
    assertArrayEquals(bytes(9), memory.get("q:written").orElseThrow());
    assertEquals(Optional.empty(), memory.get("q:deleted"));
    Waiting.until(() -> { // a write that failed before the store came back may be told after one that succeeded
      clock.advance(Duration.ofSeconds(1));
      kv.get("written");
      return kv.breaker() == Position.CLOSED;
    });
  }

  @Test
  void whatWaitsToBeDeletedIsNotRead() {
    QuietKv kv = quiet();
    kv.put("k", bytes(1), LONG);
    store.cut = true;
    kv.delete("k");
    store.cut = false;
    assertEquals(Optional.of(Optional.empty()), kv.get("k"));
    comesBack(kv);
    assertEquals(Optional.of(Optional.empty()), kv.get("k"));
  }

  @Test
  void notWhatIsOutdatedByThen() {
    QuietKv kv = quiet();
    kv.put("over", bytes(1), LONG);
    kv.put("superseded", bytes(1), LONG);
    var superseded = new AtomicBoolean();
    store.cut = true;
    kv.delete("over");
    kv.put("over", bytes(2), Duration.ofSeconds(1));
    kv.delete("superseded");
    kv.put("superseded", bytes(2), LONG, superseded::get);
    superseded.set(true);
    clock.advance(Duration.ofMinutes(1));
    comesBack(kv);
    assertEquals(Optional.empty(), memory.get("q:over"), "the delete that was before it still counts");
    assertEquals(Optional.empty(), memory.get("q:superseded"));
  }

  @Test
  void aDeadStoreIsNotAskedForEveryCall() {
    store.cut = true;
    QuietKv kv = quiet();
    for (int i = 0; i < 1_000; i++) {
      assertTrue(kv.get("k" + i).isEmpty());
    }
    assertEquals(Position.OPEN, kv.breaker());
    assertTrue(failures.get() < 20, failures + " calls of 1,000");
  }

  @Test
  void aStoreThatHangsHoldsNobodyUpAndAnOldWriteThatArrivesLateBuriesNothing() throws Exception {
    var hanging = new HangingKv(memory);
    QuietKv kv = quiet(hanging, Outbox.Limits.DEFAULT);
    kv.put("k", bytes(1), LONG);
    hanging.hang();
    long began = System.nanoTime();
    assertFalse(kv.put("k", bytes(2), LONG));
    assertFalse(kv.delete("k"));
    assertTrue(kv.get("other").isEmpty());
    assertTrue(System.nanoTime() - began < Duration.ofSeconds(15).toNanos(), "each waits a second at the most");
    assertTrue(kv.get("k").flatMap(found -> found).isEmpty());
    hanging.answer();
    Waiting.until(() -> {
      clock.advance(Duration.ofSeconds(1));
      return kv.pending() == 0;
    });
    assertEquals(Optional.empty(), memory.get("q:k"));
  }

  @Test
  void writesAreForgottenBeforeDeletes() {
    QuietKv kv = quiet(store, new Outbox.Limits(10, 1_000));
    kv.put("gone", bytes(1), LONG);
    store.cut = true;
    kv.delete("gone");
    kv.put("gone", bytes(2), LONG);
    for (int i = 0; i < 20; i++) {
      kv.put("k" + i, bytes(i), LONG);
    }
    kv.put("large", new byte[1_001], LONG);
    assertTrue(kv.dropped() > 10, kv.dropped() + " dropped");
    comesBack(kv);
    assertEquals(Optional.empty(), memory.get("q:gone"), "the write is forgotten, the delete is not");
    assertTrue(memory.list("q:k", "", 100).size() <= 10);
  }

  @Test
  void tooManyDeletesAreMadeGoodForByOutdatingEverything() {
    QuietKv kv = quiet(store, new Outbox.Limits(10, 1_000));
    var versions = new TagVersions(Optional.of(kv), Bus.none(new Complaints(clock)), clock, false);
    versions.expectLife(LONG);
    Stamp old = versions.mark(versions.before(), List.of()).orElseThrow();
    kv.put("other", bytes(1), Duration.ofDays(365)); // longer than the clock runs below
    store.cut = true;
    for (int i = 0; i < 150; i++) {
      kv.delete("k" + i);
    }
    assertEquals(Standing.CURRENT, versions.standing(old, clock.millis()), "memory need not be given up");
    store.cut = false;
    assertEquals(Optional.of(Optional.empty()), kv.get("other"), "what the store has may be outdated");
    comesBack(kv);
    assertEquals(Standing.GONE, versions.standing(old, clock.millis()));
    Waiting.until(() -> { // it is trusted again behind the last renewal
      clock.advance(Duration.ofSeconds(1)); // a failure from before may be told late, and open the breaker again
      return kv.get("other").flatMap(found -> found).isPresent();
    });
  }

  @Test
  void whatTheStoreRefusesIsNotTriedAgain() {
    QuietKv kv = quiet(memory, Outbox.Limits.DEFAULT);
    kv.put("k".repeat(600), bytes(1), LONG);
    assertEquals(0, kv.pending());
    assertEquals(Position.CLOSED, kv.breaker());
    assertEquals(1, failures.get());
  }
}
