package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.bus.Message;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A backplane that is away when a cache begins keeps nobody from it; once it is there, the cache hears what others say. */
class ACacheStartsWithoutItsBackplaneTest {
  private final Backplane bus = Backplane.inProcess();
  private final AtomicInteger refusals = new AtomicInteger();

  /** Takes no subscription while it is away. */
  private record Away(Backplane bus, int times, AtomicInteger refusals) implements Backplane {
    @Override
    public void publish(Message message) {
      bus.publish(message);
    }

    @Override
    public Subscription subscribe(Consumer<Message> listener) {
      if (refusals.get() < times) {
        refusals.incrementAndGet();
        throw new IllegalStateException("not connected yet");
      }
      return bus.subscribe(listener);
    }

    @Override
    public void close() {
      bus.close();
    }
  }

  private static Cache<String, String> node(MemoryKv kv, Backplane backplane) {
    return Cache.<String, String>named("late")
        .freshFor(Duration.ofMinutes(5))
        .kv(kv, String.class)
        .backplane(backplane)
        .build();
  }

  @Test
  void itHearsOthersOnceTheBackplaneIsThere() {
    var kv = new MemoryKv();
    try (Cache<String, String> one = node(kv, bus);
        Cache<String, String> other = node(kv, new Away(bus, 2, refusals))) {
      assertTrue(refusals.get() > 0, "it was away at the start");
      assertEquals("first", other.get("k", _ -> "first"));
      Waiting.until(() -> {
        one.invalidate("k");
        return other.peek("k").isEmpty();
      });
      assertEquals(2, refusals.get(), "it was asked until it was there");
    }
  }

  @Test
  void whatBeginsWhileTheCacheIsClosedEndsAtOnce() throws InterruptedException {
    var asked = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    Cache<String, String> cache = node(new MemoryKv(), new Slow(asked, closed, ended));
    Waiting.until(asked);
    cache.close();
    closed.countDown();
    Waiting.until(ended::get);
  }

  /** Refuses who builds the cache, and takes its time when it is asked again. */
  private record Slow(CountDownLatch asked, CountDownLatch closed, AtomicBoolean ended) implements Backplane {
    @Override
    public void publish(Message message) {}

    @Override
    public Subscription subscribe(Consumer<Message> listener) {
      if (!Thread.currentThread().isVirtual()) {
        throw new IllegalStateException("not connected yet");
      }
      asked.countDown();
      try {
        Waiting.until(closed);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return () -> ended.set(true);
    }

    @Override
    public void close() {}
  }
}
