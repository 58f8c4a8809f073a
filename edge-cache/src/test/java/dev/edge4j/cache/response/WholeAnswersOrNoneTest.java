package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Exchange;
import dev.edge4j.Handler;
import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.middleware.compression.ContentCoding;
import dev.edge4j.middleware.compression.Gzip;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client gets all of an answer that is for him, or is told that there is none: however large, failed or ended early it is. */
class WholeAnswersOrNoneTest {
  private static final int LARGE = 1 << 20;

  private final TestClock clock = new TestClock();
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch opened = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    opened.countDown();
    threads.close();
  }

  private ResponseCache cache() {
    return ResponseCache.create().clock(clock);
  }

  private static App app(ResponseCache cache, Handler handler) {
    var app = new App();
    app.use("/*", cache);
    app.get("/tea", handler);
    return app;
  }

  /** A body over the limit, of unknown length, as quickly as it can be written. */
  private static Response large() {
    return new Response(200, Headers.of("Cache-Control", "max-age=60"), new Body.Stream(out -> {
      byte[] piece = new byte[8 * 1024];
      for (int i = 0; i < LARGE / piece.length; i++) {
        out.write(piece);
      }
    }));
  }

  @Test
  void aBodyThatIsTooLargeBeforeItsFirstReaderIsThereReachesHim() throws Exception {
    for (int i = 0; i < 100; i++) {
      App app = app(cache().maxBody(16 * 1024), _ -> large());
      Response response = app.request("/tea");
      assertEquals(200, response.status());
      assertEquals(LARGE, Waiters.body(response).length());
    }
  }

  @Test
  void aRangeOfABodyThatTurnsOutTooLargeIsAnswered() throws Exception {
    App app = app(cache().maxBody(16 * 1024), _ -> large());
    Response response = app.request(Request.get("/tea").withHeader("Range", "bytes=0-3"));
    assertTrue(response.status() == 200 || response.status() == 206, "" + response.status());
    assertFalse(Waiters.body(response).isEmpty());
  }

  @Test
  void aBodyWhoseWriterEndsEarlyBecauseNobodyWaitsIsNotStored() throws Exception {
    ResponseCache cache = cache();
    App app = app(cache, c -> new Response(200, Headers.of("Cache-Control", "max-age=60"), new Body.Stream(out -> {
      calls.incrementAndGet();
      out.write('a');
      out.flush();
      while (calls.get() == 1 && !c.cancelled()) {
        Thread.onSpinWait();
      }
      if (!c.cancelled()) {
        out.write('b');
      }
    })));
    Exchange only = Waiters.open(app, "/tea");
    only.slowLane();
    Waiting.until(() -> calls.get() == 1);
    only.cancel();
    Waiting.until(() -> {
      try {
        return Waiters.body(app.request("/tea")).equals("ab");
      } catch (IOException e) {
        return false;
      }
    });
    Waiting.until(() -> cache.stats().of(ResponseEvent.STORED) > 0);
    assertEquals(1, cache.stats().of(ResponseEvent.STORED));
    assertEquals("ab", app.request("/tea").text());
  }

  @Test
  void aFailureIsNotSharedUnlessItSaysSo() throws Exception {
    ResponseCache cache = cache();
    App app = app(cache, c -> {
      opened.await();
      return c.text("sorry, " + c.header("Cookie").orElseThrow())
          .withStatus(500)
          .withHeader("Retry-After", "7")
          .withHeader("Set-Cookie", "id=" + calls.incrementAndGet());
    });
    List<Future<Response>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String user = "user-" + i;
      answers.add(threads.submit(() -> app.request(Request.get("/tea").withHeader("Cookie", user))));
    }
    Waiters.untilCollapsed(cache, 9);
    opened.countDown();
    int own = 0;
    for (int i = 0; i < 10; i++) {
      Response answer = answers.get(i).get();
      assertEquals(500, answer.status());
      assertEquals("7", answer.header("Retry-After").orElseThrow());
      boolean personal = answer.headers().contains("Set-Cookie") || answer.text().contains("sorry");
      own += personal ? 1 : 0;
      assertTrue(!personal || answer.text().equals("sorry, user-" + i), answer.text());
    }
    assertEquals(1, own);
  }

  @Test
  void ofAFailureThatIsTooLargeNoPartIsPassedOn() throws Exception {
    App app = app(cache(), _ -> large().withStatus(503).withHeader("Cache-Control", "no-store"));
    Response answer = app.request("/tea");
    assertEquals(503, answer.status());
    assertTrue(answer.text().contains("the origin failed"), "it is whole");
  }

  @Test
  void aCodingIsMadeOnceHoweverManyWantItAtOnce() throws Exception {
    var coded = new AtomicInteger();
    ContentCoding slow = new ContentCoding() {
      @Override
      public String name() {
        return "gzip";
      }

      @Override
      public OutputStream encode(OutputStream out) throws IOException {
        coded.incrementAndGet();
        LockSupport.parkNanos(1_000_000);
        return Gzip.level(9).encode(out);
      }
    };
    App app = app(cache().encoded(slow), c -> c.text("green tea. ".repeat(100_000))
        .withHeader("Cache-Control", "max-age=60"));
    app.request("/tea");
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(threads.submit(() -> app.request(Request.get("/tea").withHeader("Accept-Encoding", "gzip"))
          .status()));
    }
    for (Future<Integer> answer : answers) {
      assertEquals(200, answer.get());
    }
    assertEquals(1, coded.get());
  }

  @Test
  void whatTurnsPrivateIsNotServedStaleAnyMore() {
    for (ResponseCache cache : List.of(cache(), ResponseCache.create(new MemoryKv(100, clock)).clock(clock))) {
      calls.set(0);
      App app = app(cache, c -> c.text("answer " + calls.incrementAndGet())
          .withHeader("Cache-Control", calls.get() == 1 ? "max-age=1, stale-while-revalidate=1000" : "private"));
      app.request("/tea");
      clock.advance(Duration.ofSeconds(2));
      assertEquals("answer 1", app.request("/tea").text());
      Waiting.until(() -> !app.request("/tea").text().equals("answer 1"));
      assertEquals("MISS", app.request("/tea").header("X-Cache").orElseThrow());
    }
  }

  @Test
  void aStandInFromTheStoreSaysSo() {
    var kv = new FailingKv(new MemoryKv(100, clock));
    Handler handler = c -> {
      if (calls.incrementAndGet() > 1) {
        throw new IllegalStateException("database");
      }
      return c.text("tea").withHeader("Cache-Control", "max-age=1, stale-if-error=600");
    };
    app(ResponseCache.create(kv).clock(clock), handler).request("/tea");
    Waiting.until(() -> kv.list("rc:", "", 10).size() >= 2);
    clock.advance(Duration.ofSeconds(5));
    App other = app(ResponseCache.create(kv).clock(clock), handler);
    String first = other.request("/tea").header("Cache-Status").orElseThrow();
    assertTrue(first.endsWith("detail=kv"), first);
  }
}
