package dev.edge4j.middleware.jwks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A key set is fetched when it is needed, no more often than it may be, by one for all, and outlives an issuer that is away for a while. */
class KeySetsAreKeptAndRenewedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10); // of a test that hangs
  private static final byte[] ONE = Jwk.set(Jwk.of("one", Jwk.pair("secp256r1").getPublic()));
  private static final byte[] TWO = Jwk.set(Jwk.of("two", Jwk.pair("secp256r1").getPublic()));

  private final VirtualClock clock = new VirtualClock();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile Callable<byte[]> issuer = () -> ONE;
  private final KeySet set = KeySet.of(() -> {
    fetches.incrementAndGet();
    return issuer.call();
  });

  private boolean await(String id) throws InterruptedException {
    return set.await(id, clock).isPresent();
  }

  private boolean has(String id) {
    return set.find(id, clock).isPresent();
  }

  private void away() {
    issuer = () -> {
      throw new IOException("the issuer is away");
    };
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long began = System.nanoTime();
    while (!condition.call()) {
      assertTrue(System.nanoTime() - began < PATIENCE.toNanos(), "it hangs");
      Thread.onSpinWait();
    }
  }

  @Test
  void nothingIsFetchedBeforeItIsNeededAndThenOnce() throws Exception {
    assertFalse(has("one"));
    assertFalse(set.isUsable(clock));
    assertEquals(0, fetches.get());
    assertTrue(await("one"));
    for (int i = 0; i < 100; i++) {
      assertTrue(has("one"));
      assertTrue(await("one"));
    }
    assertEquals(1, fetches.get());
  }

  @Test
  void anUnknownIdFetchesAtMostEveryThirtySeconds() throws Exception {
    assertTrue(await("one"));
    for (int i = 0; i < 100; i++) {
      assertFalse(set.isWorthWaiting("../" + i, clock));
      assertFalse(await("../" + i));
    }
    assertEquals(1, fetches.get());
    issuer = () -> TWO;
    clock.advance(Duration.ofSeconds(29));
    assertFalse(await("two"));
    clock.advance(Duration.ofSeconds(1));
    assertTrue(set.isWorthWaiting("two", clock));
    assertTrue(await("two"));
    assertFalse(has("one"), "a key that has left the set");
    assertEquals(2, fetches.get());
  }

  @Test
  void aSetIsRenewedInTheBackgroundBeforeItEnds() throws Exception {
    assertTrue(await("one"));
    issuer = () -> TWO;
    clock.advance(Duration.ofMinutes(8).minusNanos(1));
    assertTrue(has("one"));
    assertEquals(1, fetches.get());
    clock.advance(Duration.ofNanos(1));
    assertTrue(has("one"), "the one that begins the renewal does not wait for it");
    until(() -> has("two"));
    assertFalse(has("one"));
    assertEquals(2, fetches.get());
  }

  @Test
  void afterItsTimeASetIsNotUsedBeforeAnotherWasAskedFor() throws Exception {
    assertTrue(await("one"));
    clock.advance(Duration.ofMinutes(10));
    assertFalse(has("one"));
    assertTrue(set.isWorthWaiting("one", clock));
    issuer = () -> TWO;
    assertFalse(await("one"));
    assertTrue(has("two"));
  }

  @Test
  void anIssuerThatIsAwayIsOutlivedForAWhile() throws Exception {
    assertTrue(await("one"));
    away();
    clock.advance(Duration.ofMinutes(10));
    assertTrue(await("one"));
    assertTrue(has("one"));
    assertEquals(2, fetches.get());
    for (int i = 1; i < 480; i++) {
      int before = fetches.get();
      clock.advance(Duration.ofSeconds(30));
      assertTrue(has("one"), "nobody waits for an issuer that has just been away");
      until(() -> fetches.get() > before && !set.isWorthWaiting("two", clock));
    }
    assertTrue(has("one"));
    clock.advance(Duration.ofSeconds(30));
    assertFalse(has("one"), "older than ten minutes and four hours");
    assertFalse(set.isUsable(clock));
    issuer = () -> ONE;
    clock.advance(Duration.ofSeconds(30));
    assertTrue(await("one"));
  }

  @Test
  void afterAQuietTimeAnOldSetIsNotTrustedUnasked() throws Exception {
    assertTrue(await("one"));
    away();
    clock.advance(Duration.ofMinutes(10));
    assertTrue(await("one"));
    clock.advance(Duration.ofHours(1));
    assertFalse(has("one"));
    issuer = () -> TWO;
    assertFalse(await("one"));
  }

  @Test
  void anIssuerThatWasNeverThereIsAskedEveryThirtySeconds() throws Exception {
    away();
    for (int i = 0; i < 10; i++) {
      assertFalse(await("one"));
    }
    assertEquals(1, fetches.get());
    assertFalse(set.isUsable(clock));
    clock.advance(Duration.ofSeconds(30));
    assertFalse(await("one"));
    assertEquals(2, fetches.get());
  }

  @Test
  void manyWaitersShareOneFetch() throws Exception {
    var go = new CountDownLatch(1);
    issuer = () -> {
      go.await();
      return ONE;
    };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> waiters = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        waiters.add(threads.submit(() -> await("one")));
      }
      until(() -> fetches.get() == 1);
      go.countDown();
      for (Future<Boolean> waiter : waiters) {
        assertTrue(waiter.get());
      }
    }
    assertEquals(1, fetches.get());
  }

  @Test
  void aFetchThatHangsIsGivenUpAndWhatItBringsTooLateIsNotUsed() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    var late = new CountDownLatch(1);
    issuer = () -> {
      events.add("asked");
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        events.add("interrupted");
      }
      late.await();
      events.add("late");
      return ONE;
    };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> waiter = threads.submit(() -> await("one"));
      assertEquals("asked", events.take());
      clock.advance(Duration.ofSeconds(5));
      assertFalse(waiter.get());
      assertEquals("interrupted", events.take());
      clock.advance(Duration.ofSeconds(25));
      issuer = () -> TWO;
      assertTrue(await("two"));
      late.countDown();
      assertEquals("late", events.take());
    }
    assertFalse(has("one"));
    assertTrue(has("two"));
    until(() -> clock.pendingTimers() == 0);
  }

  @Test
  void whatIsNoSetDoesNotTakeThePlaceOfOne() throws Exception {
    assertTrue(await("one"));
    issuer = () -> Jwk.set();
    clock.advance(Duration.ofSeconds(30));
    assertFalse(await("two"));
    assertTrue(has("one"));
  }

  @Test
  void aKeyThatStaysIsTheSameObject() throws Exception {
    Optional<PublishedKey> before = set.await("one", clock);
    clock.advance(Duration.ofMinutes(10));
    assertEquals(before, set.await("one", clock));
    assertSame(before.orElseThrow(), set.find("one", clock).orElseThrow());
    assertEquals(2, fetches.get());
  }

  @Test
  void settingsHaveTheirBounds() {
    assertThrows(IllegalArgumentException.class, () -> set.freshFor(Duration.ofSeconds(59)));
    assertThrows(IllegalArgumentException.class, () -> set.staleFor(Duration.ofDays(8)));
    assertThrows(IllegalArgumentException.class, () -> set.fetchEvery(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> set.fetchEvery(Duration.ofSeconds(61)));
    assertThrows(IllegalArgumentException.class, () -> set.waitFor(Duration.ZERO));
  }

  @Test
  void withoutStalenessASetEndsOnTime() throws Exception {
    KeySet strict = KeySet.of(() -> issuer.call()).freshFor(Duration.ofMinutes(1)).staleFor(Duration.ZERO);
    assertTrue(strict.await("one", clock).isPresent());
    away();
    clock.advance(Duration.ofMinutes(1));
    assertEquals(Optional.empty(), strict.await("one", clock));
  }
}
