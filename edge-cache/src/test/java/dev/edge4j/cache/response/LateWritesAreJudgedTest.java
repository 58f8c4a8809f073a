package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.http.CacheKey;
import dev.edge4j.cache.support.ForwardingKv;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * A response comes to the store behind its answer. If it was purged meanwhile, by another node, it does not stay there; if it was by this node, that has been
 * seen to, and its stand-in stays.
 */
class LateWritesAreJudgedTest {
  private static final String TARGET = "rc:" + CacheKey.digest(Purge.primary("/tea").orElseThrow(), "");
  private static final String EPOCH = "rc:tags";
  private static final Runnable NOTHING = () -> {};

  private final TestClock clock = new TestClock();
  private final MemoryKv kv = new MemoryKv(1_000, clock);
  private final Interrupted interrupted = new Interrupted(kv);
  private volatile String version = "1";
  private volatile boolean down;

  /** A store in which something happens while a response is written to it, or right behind that. */
  private static final class Interrupted extends ForwardingKv {
    final AtomicReference<Runnable> beforeItIsThere = new AtomicReference<>(NOTHING);
    final AtomicReference<Runnable> onceItIsThere = new AtomicReference<>(NOTHING);
    private volatile Thread writer = new Thread();

    Interrupted(MemoryKv store) {
      super(store);
    }

    @Override
    public void put(String key, byte[] value, Duration ttl) {
      if (key.equals(TARGET)) {
        beforeItIsThere.getAndSet(NOTHING).run();
        writer = Thread.currentThread();
      }
      super.put(key, value, ttl);
    }

    @Override
    public Optional<byte[]> get(String key) {
      if (key.equals(EPOCH) && Thread.currentThread().equals(writer)) {
        onceItIsThere.getAndSet(NOTHING).run();
      }
      return super.get(key);
    }

    void awaitWriter() {
      Waiting.until(() -> writer.getState() == Thread.State.TERMINATED);
    }
  }

  private App app(ResponseCache cache) {
    var app = new App();
    app.use("/*", cache);
    app.get("/tea", c -> {
      if (down) {
        throw new IllegalStateException("database");
      }
      return c.text("tea " + version).withHeader("Cache-Control", "max-age=60, stale-if-error=600");
    });
    return app;
  }

  @Test
  void whatThisNodeHasExpiredMeanwhileStandsIn() {
    ResponseCache cache = ResponseCache.create(interrupted).clock(clock);
    App app = app(cache);
    interrupted.onceItIsThere.set(() -> cache.expire("/tea"));
    app.request("/tea");
    interrupted.awaitWriter();
    down = true;
    assertEquals("STALE", app.request("/tea").header("X-Cache").orElse("-"));
  }

  @Test
  void whatAnotherNodeHasPurgedMeanwhileIsGone() {
    ResponseCache there = ResponseCache.create(kv).clock(clock);
    purgedByAnother(ResponseCache.create(interrupted).clock(clock), there);
  }

  @Test
  void whatThisNodeWasToldOfMeanwhileIsGone() {
    try (Backplane plane = Backplane.inProcess()) {
      ResponseCache there = ResponseCache.create(kv).clock(clock).backplane(plane);
      purgedByAnother(ResponseCache.create(interrupted).clock(clock).backplane(plane), there);
    }
  }

  private void purgedByAnother(ResponseCache cache, ResponseCache there) {
    App app = app(cache);
    interrupted.beforeItIsThere.set(() -> there.purge("/tea"));
    app.request("/tea");
    interrupted.awaitWriter();
    version = "2";
    assertEquals("tea 2", app(ResponseCache.create(kv).clock(clock)).request("/tea").text());
    assertEquals("tea 2", app.request("/tea").text());
  }
}
