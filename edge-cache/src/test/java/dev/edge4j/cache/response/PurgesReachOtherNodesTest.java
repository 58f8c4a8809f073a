package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.edge4j.App;
import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.bus.Message;
import dev.edge4j.cache.http.CacheKey;
import dev.edge4j.cache.shared.TagVersions;
import dev.edge4j.cache.support.ForwardingKv;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is purged by its URL on one node is not served by another from its memory any more: within a second by the store, at once by a backplane. */
class PurgesReachOtherNodesTest {
  private static final String TEA = "rc:" + CacheKey.digest(Purge.primary("/tea").orElseThrow(), "");

  private final TestClock clock = new TestClock();
  private final Watched kv = new Watched(new MemoryKv(1_000, clock));
  private final AtomicInteger version = new AtomicInteger(1);
  private volatile boolean down;

  private ResponseCache cache() {
    return ResponseCache.create(kv).clock(clock);
  }

  private App app(ResponseCache cache) {
    var app = new App();
    app.use("/*", cache);
    app.get("/:what", c -> {
      if (down) {
        throw new IllegalStateException("database");
      }
      return c.text(c.param("what").asString() + " " + version.get())
          .withHeader("Cache-Control", "max-age=31536000, stale-if-error=600");
    });
    app.post("/:what", c -> c.text("changed"));
    return app;
  }

  /** Both have two targets in memory. */
  private void fill(App here, App there) {
    for (String target : new String[]{"/tea", "/coffee"}) {
      here.request(target);
    }
    Waiting.until(() -> kv.list("rc:", "", 100).size() >= 4);
    for (String target : new String[]{"/tea", "/coffee"}) {
      there.request(target);
      assertEquals("HIT", state(there.request(target)));
    }
    version.set(2);
  }

  private static String state(Response response) {
    return response.header("X-Cache").orElse("-");
  }

  @Test
  void aPurgeIsSeenWithinTheTimeThatVersionsAreTrusted() {
    ResponseCache cache = cache();
    App there = app(cache());
    fill(app(cache), there);
    cache.purge("/tea");
    clock.advance(TagVersions.TRUST);
    assertEquals("tea 2", there.request("/tea").text());
    assertEquals("coffee 1", there.request("/coffee").text());
  }

  @Test
  void whatIsPurgedIsNeverReadFromTheStoreAgain() {
    ResponseCache cache = cache();
    App here = app(cache);
    App there = app(cache());
    fill(here, there);
    for (int i = 3; i < 20; i++) {
      version.set(i);
      cache.purge("/tea");
      clock.advance(TagVersions.TRUST);
      App asked = i % 2 == 0 ? here : there;
      assertEquals("tea " + i, asked.request("/tea").text());
      kv.awaitWriters(i - 1); // one before
      assertEquals("coffee 1", asked.request("/coffee").text()); // neighbours stay, in the store at least
    }
  }

  @Test
  void anUnsafeMethodIsSeenToo() {
    App here = app(cache());
    App there = app(cache());
    fill(here, there);
    here.request(Request.post("/tea"));
    Waiting.until(() -> {
      clock.advance(TagVersions.TRUST); // it is done behind the answer, which is good for a year
      return there.request("/tea").text().equals("tea 2");
    });
  }

  @Test
  void whatIsExpiredHereStandsInThere() {
    ResponseCache cache = cache();
    App there = app(cache());
    fill(app(cache), there);
    cache.expire("/tea");
    clock.advance(TagVersions.TRUST);
    down = true;
    Response answer = there.request("/tea");
    assertEquals("STALE", state(answer));
    assertEquals("tea 1", answer.text());
    down = false;
    assertEquals("tea 2", there.request("/tea").text());
  }

  @Test
  void aBackplaneTellsItAtOnce() {
    try (Backplane plane = Backplane.inProcess()) {
      ResponseCache cache = cache().backplane(plane);
      App there = app(cache().backplane(plane));
      fill(app(cache), there);
      cache.purge("/tea");
      Waiting.until(() -> there.request("/tea").text().equals("tea 2")); // the clock stands still
    }
  }

  @Test
  void aMessageThatIsLostKeepsTheBound() {
    ResponseCache cache = cache().backplane(new Deaf());
    App there = app(cache().backplane(new Deaf()));
    fill(app(cache), there);
    cache.purge("/tea");
    assertNotEquals("-", state(there.request("/tea")));
    clock.advance(TagVersions.TRUST);
    assertEquals("tea 2", there.request("/tea").text());
  }

  /** A store that knows who writes one of the targets to it, behind its answer. */
  private static final class Watched extends ForwardingKv {
    private final List<Thread> writers = new CopyOnWriteArrayList<>();

    Watched(MemoryKv store) {
      super(store);
    }

    @Override
    public void put(String key, byte[] value, Duration ttl) {
      if (key.equals(TEA)) {
        writers.add(Thread.currentThread());
      }
      super.put(key, value, ttl);
    }

    void awaitWriters(int count) {
      Waiting.until(() -> writers.size() == count && writers.stream().noneMatch(Thread::isAlive));
    }
  }

  /** Loses all messages. */
  private static final class Deaf implements Backplane {
    @Override
    public void publish(Message message) {}

    @Override
    public Subscription subscribe(Consumer<Message> listener) {
      return () -> {};
    }

    @Override
    public boolean isLocal() {
      return true;
    }

    @Override
    public void close() {}
  }
}
