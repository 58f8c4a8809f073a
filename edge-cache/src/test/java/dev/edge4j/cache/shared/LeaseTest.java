package dev.edge4j.cache.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One node at a time has leave to load; who has not waits for what the other loads, but for nothing else. */
class LeaseTest {
  private static final Duration TTL = Duration.ofSeconds(10);

  private final TestClock clock = new TestClock();
  private final MemoryKv memory = new MemoryKv(100, clock);
  private final FailingKv store = new FailingKv(memory);

  private Lease node() {
    return new Lease(new QuietKv(store, "n:", () -> {}, new Complaints(clock)), clock);
  }

  @Test
  void oneHasItUntilItIsGivenBack() {
    try (Lease.Held _ = node().tryTake("k", TTL).orElseThrow()) {
      assertEquals(Optional.empty(), node().tryTake("k", TTL));
      assertTrue(node().tryTake("other", TTL).isPresent());
    }
    assertTrue(node().tryTake("k", TTL).isPresent());
  }

  @Test
  void itLapses() {
    Lease.Held slow = node().tryTake("k", TTL).orElseThrow();
    clock.advance(TTL);
    assertTrue(node().tryTake("k", TTL).isPresent());
    slow.close();
    assertEquals(Optional.empty(), node().tryTake("k", TTL), "who was too slow does not give back what another has");
  }

  @Test
  void whenTheStoreFailsEverybodyHasIt() {
    store.cut = true;
    try (Lease.Held _ = node().tryTake("k", TTL).orElseThrow(); Lease.Held _ = node().tryTake("k", TTL).orElseThrow()) {
      store.cut = false;
    }
    assertTrue(node().tryTake("k", TTL).isPresent());
  }

  @Test
  void whoWaitsGetsWhatWasLoaded() throws Exception {
    var waits = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Optional<String>> loser;
      try (Lease.Held _ = node().tryTake("k", TTL).orElseThrow()) {
        loser = threads.submit(() -> node().await("k", () -> {
          waits.countDown();
          return memory.get("value").map(bytes -> new String(bytes, UTF_8));
        }, Duration.ofMinutes(1)));
        Waiting.until(waits);
        memory.put("value", "loaded".getBytes(UTF_8));
      }
      assertEquals(Optional.of("loaded"), loser.get());
    }
  }

  @Test
  void whoWaitsGoesOnWhenNothingWillCome() throws InterruptedException {
    assertEquals(Optional.empty(), node().await("free", Optional::empty, Duration.ofMinutes(1)));
    try (Lease.Held _ = node().tryTake("k", TTL).orElseThrow()) {
      assertEquals(Optional.empty(), node().await("k", Optional::empty, Duration.ofMillis(20)));
      store.cut = true;
      assertEquals(Optional.empty(), node().await("k", Optional::empty, Duration.ofMinutes(1)));
    }
  }
}
