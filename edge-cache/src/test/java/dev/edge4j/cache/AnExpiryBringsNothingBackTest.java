package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.ForwardingKv;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An expiry reads what the second layer has and writes it back as stale. What is done to the key between the two is not undone by that. */
class AnExpiryBringsNothingBackTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String KEY = "cache:test:=k";
  /** The version of the key, which is read last. */
  private static final String VERSION = "cache:test:k=k";

  private final VirtualClock clock = new VirtualClock();
  private final MemoryKv kv = new MemoryKv(1_000, clock);
  private final FailingKv store = new FailingKv(kv);
  private final AtomicReference<Runnable> afterTheNextRead = new AtomicReference<>(() -> {});
  private final Cache<String, String> cache = open();

  /** A store in which something happens between the read of a version and its answer. */
  private static final class Interrupted extends ForwardingKv {
    private final AtomicReference<Runnable> afterTheNextRead;

    Interrupted(KvStore store, AtomicReference<Runnable> afterTheNextRead) {
      super(store);
      this.afterTheNextRead = afterTheNextRead;
    }

    @Override
    public Optional<byte[]> get(String key) {
      Optional<byte[]> found = super.get(key);
      if (key.equals(VERSION)) {
        afterTheNextRead.getAndSet(() -> {}).run();
      }
      return found;
    }

    @Override
    public boolean isLocal() {
      return true;
    }
  }

  /** Another process on the same store has an empty memory. */
  private Cache<String, String> open() {
    return Cache.<String, String>named("test")
        .freshFor(LONG)
        .staleIfError(LONG)
        .kv(new Interrupted(store, afterTheNextRead), String.class)
        .clock(clock)
        .build();
  }

  @BeforeEach
  void aValueIsThere() {
    assertEquals("old", cache.get("k", _ -> "old"));
    Waiting.until(() -> cache.isQuiet() && kv.get(KEY).isPresent());
    clock.advance(Duration.ofSeconds(1));
  }

  @Test
  void whatIsForgottenMeanwhile() throws InterruptedException {
    expireAround(() -> cache.invalidate("k"));
    assertThrows(IllegalStateException.class, () -> open().get("k", AnExpiryBringsNothingBackTest::fails));
  }

  @Test
  void whatIsGivenMeanwhileIsTheNewest() throws InterruptedException {
    expireAround(() -> cache.put("k", "given"));
    assertEquals("given", open().get("k", AnExpiryBringsNothingBackTest::fails));
  }

  @Test
  void whatWaitsToBeForgotten() {
    store.cut = true;
    cache.invalidate("k");
    cache.expire("k");
    store.cut = false;
    Waiting.until(() -> kv.get(KEY).isEmpty());
    assertThrows(IllegalStateException.class, () -> open().get("k", AnExpiryBringsNothingBackTest::fails));
  }

  @Test
  void otherwiseWhatItHasReadStandsIn() {
    cache.expire("k");
    assertEquals("old", open().get("k", AnExpiryBringsNothingBackTest::fails));
  }

  /** The other thread has done it, or waits for its turn, when the expiry goes on. */
  private void expireAround(Runnable meanwhile) throws InterruptedException {
    var other = new Thread(meanwhile);
    afterTheNextRead.set(() -> {
      other.start();
      Waiting.until(() -> List.of(Thread.State.TERMINATED, Thread.State.TIMED_WAITING).contains(other.getState()));
    });
    cache.expire("k");
    other.join();
    Waiting.until(cache::isQuiet);
  }

  private static String fails(String key) {
    throw new IllegalStateException("no " + key);
  }
}
