package dev.edge4j.middleware.idempotency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.HttpError;
import dev.edge4j.Middleware;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.middleware.Principal;
import dev.edge4j.testing.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However often a request comes with one key, it is done once, and everybody gets the same reply. */
class RepeatedRequestsAreDoneOnceTest {
  private final VirtualClock clock = new VirtualClock();
  private final MemoryKv store = new MemoryKv(1_000, clock);
  private final AtomicInteger done = new AtomicInteger();

  private App app(Middleware... middleware) {
    var app = new App().time(clock);
    app.use(middleware);
    app.post("/orders", c -> c.text(201, "order " + done.incrementAndGet() + " of " + c.bodyText())
        .withHeader("Location", "/orders/1")
        .withAddedHeader("X-Two", "a: b")
        .withAddedHeader("X-Two", "c"));
    app.patch("/orders", c -> c.text("patched " + done.incrementAndGet()));
    app.get("/orders", c -> c.text("read " + done.incrementAndGet()));
    app.post("/fails/:status", c -> {
      done.incrementAndGet();
      int status = Integer.parseInt(c.param("status").asString());
      if (status == 0) {
        throw new IllegalStateException("broken");
      }
      return c.text(status, "no");
    });
    return app;
  }

  private App app() {
    return app(Idempotency.over(store));
  }

  private static Request order(String key, String body) {
    return post("/orders", key).withBody("text/plain", body.getBytes(StandardCharsets.UTF_8));
  }

  private static Request post(String target, String key) {
    return Request.post(target).withHeader("Idempotency-Key", key);
  }

  @Test
  void theReplyIsReplayed() {
    App app = app();
    Response first = app.request(order("\"k1\"", "tea"));
    Response second = app.request(order("k1", "tea"));
    assertEquals(1, done.get());
    assertEquals(201, second.status());
    assertEquals("order 1 of tea", second.text());
    assertEquals(List.of("a: b", "c"), second.headers().all("X-Two"));
    assertEquals(first.headers(), second.headers().without("Idempotent-Replayed"));
    assertEquals(Optional.empty(), first.header("Idempotent-Replayed"));
    assertEquals(Optional.of("true"), second.header("Idempotent-Replayed"));
    assertEquals("order 2 of tea", app.request(order("k2", "tea")).text());
    clock.advance(Duration.ofDays(1).plusSeconds(1));
    assertEquals("order 3 of tea", app.request(order("k1", "tea")).text(), "it is forgotten after a day");
  }

  @Test
  void aReplyInSegmentsIsReplayed() {
    var app = new App().time(clock);
    app.use(Idempotency.over(store));
    List<byte[]> segments = List.of("order ".getBytes(StandardCharsets.UTF_8), "1".getBytes(StandardCharsets.UTF_8));
    app.post("/orders", c -> c.text(201, "").withBody(new Body.Segments(segments)));
    app.request(order("k1", "tea"));
    Response second = app.request(order("k1", "tea"));
    assertEquals(Optional.of("true"), second.header("Idempotent-Replayed"));
    assertEquals("order 1", second.text());
  }

  @Test
  void anotherRequestUnderTheSameKeyIs422() {
    App app = app();
    app.request(order("k", "tea"));
    assertEquals(422, app.request(order("k", "coffee")).status());
    assertEquals(422, app.request(order("k", "tea").withHeader("Content-Type", "text/html")).status());
    assertEquals(422, app.request(post("/orders?x=1", "k").withBody("text/plain", new byte[]{'t', 'e', 'a'})).status());
    assertEquals(422, app.request(order("k", "tea").withMethod(Method.PATCH)).status());
    assertEquals(1, done.get());
  }

  @Test
  void whatHasNoKeyOrIsIdempotentAnywayPasses() {
    App app = app(Idempotency.over(store));
    assertEquals(201, app.request(Request.post("/orders")).status());
    assertEquals(201, app.request(Request.post("/orders")).status());
    assertEquals("read 3", app.request(Request.get("/orders").withHeader("Idempotency-Key", "k")).text());
    assertEquals("read 4", app.request(Request.get("/orders").withHeader("Idempotency-Key", "k")).text());
    App strict = app(Idempotency.over(store).required());
    assertEquals(400, strict.request(Request.post("/orders")).status());
    assertEquals(200, strict.request("/orders").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "\"a", "a b", "a\"b", "ä", "a,b", "\"a\", \"b\"", "\"a\\b\""})
  void whatIsNoKeyIs400(String value) {
    assertEquals(400, app().request(order(value, "tea")).status());
    assertEquals(400, app().request(order("x".repeat(256), "tea")).status());
    Headers two = Headers.of("Idempotency-Key", "a", "Idempotency-Key", "b");
    assertEquals(400, app().request(Request.post("/orders").withHeaders(two)).status());
    assertEquals(0, done.get());
  }

  @Test
  void failuresMayBeTriedAgain() {
    App app = app();
    for (int i = 1; i <= 2; i++) {
      assertEquals(503, app.request(post("/fails/503", "a")).status());
      assertEquals(500, app.request(post("/fails/0", "b")).status());
    }
    assertEquals(4, done.get());
    assertEquals(404, app.request(post("/fails/404", "c")).status());
    assertEquals(404, app.request(post("/fails/404", "c")).status());
    assertEquals(5, done.get());
    for (int status : List.of(401, 408, 425, 429)) {
      app.request(post("/fails/" + status, "again" + status));
      app.request(post("/fails/" + status, "again" + status));
    }
    assertEquals(13, done.getAndSet(5), "they ask for another try");
    App all = app(Idempotency.over(store).keeping(_ -> true));
    all.request(post("/fails/503", "d"));
    assertEquals(503, all.request(post("/fails/503", "d")).status());
    assertEquals(6, done.get());
  }

  @Test
  void nobodyGetsTheReplyOfAnother() {
    Middleware login = (c, next) -> {
      c.header("X-User").ifPresent(user -> c.set(Principal.KEY, new Principal(user, Set.of(), Map.of())));
      return next.proceed();
    };
    App app = app(login, Idempotency.over(store));
    assertEquals("order 1 of tea", app.request(order("k", "tea").withHeader("X-User", "ann")).text());
    assertEquals("order 2 of tea", app.request(order("k", "tea").withHeader("X-User", "bob")).text());
    assertEquals("order 1 of tea", app.request(order("k", "tea").withHeader("X-User", "ann")).text());
  }

  @Test
  void aReplyThatIsTooLargeIsNotDoneAgain() {
    App app = app(Idempotency.over(store).maxBody(3));
    assertEquals(201, app.request(order("k", "tea")).status());
    assertEquals(409, app.request(order("k", "tea")).status());
    assertEquals(1, done.get());
  }

  @Test
  void whileTheFirstIsUnderWayTheAnswerIs409() throws Exception {
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    App app = app();
    app.post("/slow", c -> {
      entered.countDown();
      leave.await();
      return c.text("done " + done.incrementAndGet());
    });
    Thread first = Thread.ofVirtual().start(() -> app.request(post("/slow", "k")));
    entered.await();
    Response busy = app.request(post("/slow", "k"));
    assertEquals(409, busy.status());
    assertEquals(Optional.of("1"), busy.header("Retry-After"));
    leave.countDown();
    first.join();
    assertEquals("done 1", app.request(post("/slow", "k")).text());
  }

  @Test
  void whoCrashedHoldsTheKeyForItsLeaseOnly() {
    App app = app(Idempotency.over(store).lease(Duration.ofMinutes(1)));
    var crash = new AtomicInteger();
    app.post("/crash", c -> {
      if (crash.getAndIncrement() == 0) {
        assertEquals(409, app.request(post("/crash", "k")).status());
        clock.advance(Duration.ofSeconds(61)); // as long as a crash: what follows is another's
        assertEquals("try 1", app.request(post("/crash", "k")).text());
        return c.text("late");
      }
      return c.text("try 1");
    });
    assertEquals("late", app.request(post("/crash", "k")).text());
    assertEquals("try 1", app.request(post("/crash", "k")).text(), "who is late does not overwrite the reply");
    assertEquals(2, crash.get());
  }

  @Test
  void ofManyAtOnceOneIsDone() throws Exception {
    App app = app();
    var answers = new ConcurrentLinkedQueue<Integer>();
    List<Thread> threads = java.util.stream.IntStream.range(0, 50)
        .mapToObj(_ -> Thread.ofVirtual().start(() -> answers.add(app.request(order("k", "tea")).status())))
        .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(1, done.get());
    assertTrue(answers.stream().allMatch(status -> status == 201 || status == 409), answers.toString());
  }

  @Property(tries = 200)
  void entriesComeBackAsTheyWere(@ForAll byte[] body, @ForAll @IntRange(min = 200, max = 599) int status) {
    byte[] fingerprint = new byte[Entry.FINGERPRINT_BYTES];
    var response = Response.bytes(status, "text/plain", body);
    var reply = new Entry.Reply(UUID.randomUUID(), fingerprint, response);
    var read = (Entry.Reply) Entry.decode(reply.encode());
    assertEquals(reply.owner(), read.owner());
    assertEquals(status, read.response().status());
    assertEquals(response.headers(), read.response().headers());
    assertArrayEquals(body, ((dev.edge4j.http.Body.Bytes) read.response().body()).bytes());
  }

  @Test
  void nonsenseIsRefused() {
    var it = Idempotency.over(store);
    assertThrows(IllegalArgumentException.class, () -> it.ttl(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> it.lease(Duration.ofSeconds(-1)));
    assertThrows(IllegalArgumentException.class, () -> it.maxBody(-1));
  }

  /** The store, while it can be reached. */
  private final class Reachable implements KvStore {
    private boolean down;

    private MemoryKv reached() {
      if (down) {
        throw new IllegalStateException("the store is down");
      }
      return store;
    }

    @Override
    public Optional<byte[]> get(String key) {
      return reached().get(key);
    }

    @Override
    public void put(String key, byte[] value) {
      reached().put(key, value);
    }

    @Override
    public void put(String key, byte[] value, Duration ttl) {
      reached().put(key, value, ttl);
    }

    @Override
    public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
      return reached().putIfAbsent(key, value, ttl);
    }

    @Override
    public void delete(String key) {
      reached().delete(key);
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
      return reached().list(prefix, after, limit);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  @Test
  void whatWasDoneIsSaidThoughTheStoreFailsThen() {
    var reachable = new Reachable();
    App app = app(Idempotency.over(reachable));
    app.post("/last", c -> {
      reachable.down = true;
      return c.text("done " + done.incrementAndGet());
    });
    assertEquals("done 1", app.request(post("/last", "k")).text());
    reachable.down = false;
    assertEquals(409, app.request(post("/last", "k")).status());
    assertEquals(1, done.get());
  }

  @Test
  void anErrorIsSaidThoughTheStoreFailsThen() {
    var reachable = new Reachable();
    App app = app(Idempotency.over(reachable));
    app.post("/gone", c -> {
      reachable.down = true;
      throw new HttpError(410, "gone");
    });
    assertEquals(410, app.request(post("/gone", "k")).status());
    assertEquals(500, app.request(post("/orders", "n")).status());
    assertEquals(0, done.get(), "without a store nothing is done");
  }
}
