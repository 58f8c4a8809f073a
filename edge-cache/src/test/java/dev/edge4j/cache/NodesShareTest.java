package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.ForwardingKv;
import dev.edge4j.cache.support.TestLoader;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes with one store: a lease lets one of them load, a backplane tells the others what is no longer so. */
class NodesShareTest {
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final VirtualClock clock = new VirtualClock();
  private final MemoryKv kv = new MemoryKv(1_000, clock);
  private final Backplane bus = Backplane.inProcess();
  private final TestLoader<String> here = new TestLoader<>();
  private final TestLoader<String> there = new TestLoader<>();

  private CacheBuilder<String, String> node(KvStore store) {
    return Cache.<String, String>named("test").freshFor(FRESH).kv(store, String.class).clock(clock);
  }

  @AfterEach
  void letGo() {
    here.open();
    there.open();
    bus.close();
  }

  @Test
  void oneNodeLoadsAndTheOthersTakeWhatItBrings() throws InterruptedException {
    Cache<String, String> first = node(kv).lease(Duration.ofSeconds(10)).build();
    var refused = new CountDownLatch(1);
    var store = new ForwardingKv(kv) {
      @Override
      public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
        boolean taken = super.putIfAbsent(key, value, ttl);
        if (!taken) {
          refused.countDown();
        }
        return taken;
      }
    };
    Cache<String, String> second = node(store).lease(Duration.ofSeconds(10)).build();
    here.close();
    CompletableFuture<String> leader = CompletableFuture.supplyAsync(() -> first.get("k", here));
    Waiting.until(() -> here.loads.get() == 1);
    CompletableFuture<CacheResult<String>> follower = CompletableFuture.supplyAsync(() -> second.lookup("k", there));
    Waiting.until(refused); // the lease: who comes after it was given back loads for itself
    here.open();
    assertEquals("k#1", leader.join());
    assertEquals("k#1", follower.join().value());
    assertEquals(Layer.L2, follower.join().layer());
    assertEquals(0, there.loads.get());
  }

  @Test
  void whoHasAStaleValueDoesNotWait() {
    Cache<String, String> first = node(kv).staleIfError(FRESH).lease(Duration.ofSeconds(10)).build();
    Cache<String, String> second = node(kv).staleIfError(FRESH).lease(Duration.ofSeconds(10)).build();
    first.get("k", here);
    Waiting.until(() -> kv.get("cache:test:=k").isPresent());
    second.get("k", there);
    clock.advance(FRESH);
    here.close();
    CompletableFuture<String> leader = CompletableFuture.supplyAsync(() -> first.get("k", here));
    Waiting.until(() -> here.loads.get() == 2);
    CacheResult<String> stale = second.lookup("k", there);
    assertTrue(stale.stale());
    assertFalse(stale.degraded());
    here.open();
    assertEquals("k#2", leader.join());
    Waiting.until(() -> second.get("k", there).equals("k#2"));
    assertEquals(0, there.loads.get());
  }

  @Test
  void aLeaseThatCannotBeTakenKeepsNobodyFromLoading() {
    var store = new FailingKv(kv);
    store.cut = true;
    assertEquals("k#1", node(store).lease(Duration.ofSeconds(10)).build().get("k", here));
  }

  @Test
  void aKeyThatIsInvalidatedOnOneNodeIsGoneFromTheMemoryOfTheOthers() {
    Cache<String, String> first = node(kv).backplane(bus).build();
    Cache<String, String> second = node(kv).backplane(bus).build();
    first.get("k", here);
    Waiting.until(() -> kv.get("cache:test:=k").isPresent());
    assertEquals("k#1", second.get("k", there));
    first.invalidate("k");
    Waiting.until(() -> second.peek("k").isEmpty());
    assertEquals("k#1", second.get("k", there), "its own first load");
    assertEquals(1, there.loads.get());
    first.put("k", "given");
    Waiting.until(() -> second.get("k", there).equals("given"));
  }

  @Test
  void soIsWhatTheOthersAreLoading() {
    Cache<String, String> first = node(kv).backplane(bus).build();
    Cache<String, String> second = node(kv).backplane(bus).build();
    there.close();
    CompletableFuture<String> old = CompletableFuture.supplyAsync(() -> second.get("k", there));
    Waiting.until(() -> there.loads.get() == 1);
    first.invalidate("k");
    CompletableFuture<String> next = CompletableFuture.supplyAsync(() -> second.get("k", there));
    Waiting.until(() -> there.loads.get() == 2);
    there.open();
    old.join();
    assertEquals("k#2", next.join());
    assertEquals("k#2", second.get("k", there));
  }

  @Test
  void aTagTravelsAtOnce() {
    Cache<String, String> first = node(kv).backplane(bus).tags(_ -> List.of("t")).build();
    Cache<String, String> second = node(kv).backplane(bus).tags(_ -> List.of("t")).build();
    second.get("k", there);
    first.invalidateTag("t");
    Waiting.until(() -> second.peek("k").isEmpty());
    assertEquals("k#2", second.get("k", there));
  }
}
