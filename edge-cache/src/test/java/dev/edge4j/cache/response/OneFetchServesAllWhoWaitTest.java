package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Exchange;
import dev.edge4j.Handler;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests for one thing at one time are one fetch, which belongs to none of them; its body reaches all while it still arrives. */
class OneFetchServesAllWhoWaitTest {
  private final TestClock clock = new TestClock();
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch opened = new CountDownLatch(1);
  private final AtomicReference<Context> behind = new AtomicReference<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    opened.countDown();
    threads.close();
  }

  private static App app(ResponseCache cache, Handler handler) {
    var app = new App();
    app.use("/*", cache);
    app.get("/tea", handler);
    app.post("/tea", c -> c.text("changed"));
    return app;
  }

  private ResponseCache cache() {
    return ResponseCache.create().clock(clock);
  }

  /** A body of two halves; the second comes when the test says so. */
  private Response halves(Body.Writer between) {
    return new Response(200, Headers.of("Cache-Control", "max-age=60", "Content-Type", MediaType.TEXT), new Body.Stream(
        out -> {
          out.write("first,".getBytes(StandardCharsets.UTF_8));
          out.flush();
          between.writeTo(out);
          out.write("second".getBytes(StandardCharsets.UTF_8));
        }));
  }

  private void untilOpened() throws IOException {
    try {
      Waiting.until(opened);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private Handler streaming() {
    return c -> {
      calls.incrementAndGet();
      behind.set(c);
      return halves(_ -> untilOpened());
    };
  }

  @Test
  void aThousandMissesAreOneFetchAndItsBytesReachAllWhileItArrives() throws Exception {
    ResponseCache cache = cache();
    App app = app(cache, streaming());
    List<CountDownLatch> firstHalves = new ArrayList<>();
    List<Future<String>> bodies = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      var seen = new CountDownLatch(1);
      firstHalves.add(seen);
      bodies.add(threads.submit(() -> {
        var bytes = new Watched(seen);
        ((Body.Stream) app.request("/tea").body()).writer().writeTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
      }));
    }
    for (CountDownLatch seen : firstHalves) {
      Waiting.until(seen); // nobody has the second half yet
    }
    opened.countDown();
    for (Future<String> body : bodies) {
      assertEquals("first,second", body.get());
    }
    assertEquals(1, calls.get());
    Waiting.until(() -> app.request("/tea").header("X-Cache").orElse("").equals("HIT"));
    assertEquals("first,second", app.request("/tea").text());
  }

  /** Tells when the first bytes are there. */
  private static final class Watched extends ByteArrayOutputStream {
    private final CountDownLatch seen;
    private boolean told;

    Watched(CountDownLatch seen) {
      this.seen = seen;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      super.write(bytes, from, length);
      if (!told) {
        told = true;
        seen.countDown();
      }
    }
  }

  @Test
  void aLeaderWhoLeavesTakesNobodyWithHim() throws Exception {
    ResponseCache cache = cache();
    App app = app(cache, streaming());
    Exchange leader = Waiters.open(app, "/tea");
    Response head = leader.slowLane();
    Future<String> waiter = threads.submit(() -> Waiters.body(app.request("/tea")));
    Waiters.untilCollapsed(cache, 1);
    leader.cancel();
    leader.sent();
    assertFalse(behind.get().cancelled());
    opened.countDown();
    assertEquals("first,second", waiter.get());
    assertThrows(IOException.class, () -> Waiters.body(head));
    assertEquals(1, calls.get());
  }

  @Test
  void aLeaderWhoLeavesBeforeTheHeadTakesNobodyWithHim() throws Exception {
    ResponseCache cache = cache();
    App app = app(cache, c -> {
      calls.incrementAndGet();
      behind.set(c);
      Waiting.until(opened);
      return c.text("tea").withHeader("Cache-Control", "max-age=60");
    });
    Exchange leader = Waiters.open(app, "/tea");
    Future<Response> left = threads.submit(() -> leader.slowLane());
    Waiting.until(() -> behind.get() != null);
    Future<String> waiter = threads.submit(() -> Waiters.body(app.request("/tea")));
    Waiters.untilCollapsed(cache, 1);
    leader.cancel();
    assertEquals(504, left.get().status());
    assertFalse(behind.get().cancelled());
    opened.countDown();
    assertEquals("tea", waiter.get());
    assertEquals(1, calls.get());
  }

  @Test
  void aFetchThatNobodyWaitsForIsTold() throws Exception {
    App app = app(cache(), streaming());
    Exchange only = Waiters.open(app, "/tea");
    only.slowLane();
    only.cancel();
    assertTrue(behind.get().cancelled());
  }

  @Test
  void aBodyThatBreaksOffBreaksOffForAllAndIsNotStored() throws Exception {
    App app = app(cache(), c -> {
      int call = calls.incrementAndGet();
      return halves(_ -> {
        untilOpened();
        if (call == 1) {
          throw new IOException("the origin has left");
        }
      });
    });
    var halves = new CountDownLatch(10);
    List<Future<String>> bodies = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      bodies.add(threads.submit(() -> {
        var bytes = new Watched(halves);
        ((Body.Stream) app.request("/tea").body()).writer().writeTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
      }));
    }
    Waiting.until(halves);
    opened.countDown();
    for (Future<String> body : bodies) {
      assertTrue(assertThrows(ExecutionException.class, body::get).getCause() instanceof IOException);
    }
    assertEquals(1, calls.get());
    assertEquals("first,second", Waiters.body(app.request("/tea")));
    assertEquals(2, calls.get());
  }

  @Test
  void aBodyShorterThanItSaidIsNotStored() throws Exception {
    App app = app(cache(), c -> new Response(200, Headers.of("Cache-Control", "max-age=60"), new Body.Stream(
        out -> out.write(calls.incrementAndGet()), 2)));
    for (int i = 1; i <= 2; i++) {
      Response response = app.request("/tea");
      if (response.status() != 502) { // it was known before the head could leave
        assertThrows(IOException.class, () -> Waiters.body(response));
      }
      assertEquals(i, calls.get());
    }
  }

  @Test
  void aBodyThatTurnsOutTooLargeReachesThoseWhoReadItAndIsNotStored() throws Exception {
    ResponseCache cache = cache().maxBody(64 * 1024);
    var attached = new CountDownLatch(5);
    byte[] much = new byte[32 * 1024];
    App app = app(cache, c -> {
      calls.incrementAndGet();
      return new Response(200, Headers.of("Cache-Control", "max-age=60"), new Body.Stream(out -> {
        out.write('x');
        out.flush();
        try {
          Waiting.until(attached);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        for (int i = 0; i < 32; i++) {
          out.write(much);
        }
      }));
    });
    List<Future<Integer>> lengths = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      lengths.add(threads.submit(() -> {
        var bytes = new Watched(attached);
        ((Body.Stream) app.request("/tea").body()).writer().writeTo(bytes);
        return bytes.size();
      }));
    }
    for (Future<Integer> length : lengths) {
      assertEquals(1 + 32 * much.length, length.get());
    }
    assertEquals(1, calls.get());
    assertEquals("MISS", app.request("/tea").header("X-Cache").orElseThrow());
    assertEquals(0, cache.stats().of(ResponseEvent.STORED));
  }

  @Test
  void aPurgeDuringAFetchWins() throws Exception {
    ResponseCache cache = cache();
    var doors = new AtomicReference<>(new CountDownLatch(1));
    App app = app(cache, c -> {
      int call = calls.incrementAndGet();
      if (call == 1) {
        Waiting.until(doors.get());
      }
      return c.text("answer " + call).withHeader("Cache-Control", "max-age=60").withHeader("Surrogate-Key", "tea");
    });
    for (Runnable purge : List.<Runnable>of(() -> cache.purge("/tea"), () -> cache.purgeTag("tea"), cache::purgeAll)) {
      calls.set(0);
      doors.set(new CountDownLatch(1));
      cache.purgeAll();
      Future<String> old = threads.submit(() -> Waiters.body(app.request("/tea")));
      Waiting.until(() -> calls.get() == 1);
      purge.run();
      assertEquals("answer 2", app.request("/tea").text()); // does not wait for what was before
      doors.get().countDown();
      assertEquals("answer 1", old.get());
      assertEquals("answer 2", app.request("/tea").text());
    }
  }

  @Test
  void whoWouldBeTooManyIsTurnedAway() throws Exception {
    ResponseCache cache = cache().waiters(3);
    App app = app(cache, c -> {
      Waiting.until(opened);
      return c.text("tea").withHeader("Cache-Control", "max-age=60");
    });
    List<Future<String>> bodies = Waiters.ask(threads, app, 1, "/tea");
    Waiting.until(() -> cache.stats().of(ResponseEvent.MISS) == 1);
    bodies.addAll(Waiters.ask(threads, app, 2, "/tea"));
    Waiters.untilCollapsed(cache, 2);
    Response turnedAway = app.request("/tea");
    assertEquals(503, turnedAway.status());
    assertEquals("1", turnedAway.header("Retry-After").orElseThrow());
    opened.countDown();
    for (Future<String> body : bodies) {
      assertEquals("tea", body.get());
    }
  }

  @Test
  void waitersOfAnotherVariantFetchTheirOwn() throws Exception {
    ResponseCache cache = cache();
    App app = app(cache, c -> {
      calls.incrementAndGet();
      Waiting.until(opened);
      return c.text(c.header("Accept-Language").orElse("-"))
          .withHeader("Cache-Control", "max-age=60")
          .withHeader("Vary",
              "Accept-Language");
    });
    List<Future<String>> bodies = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String language = List.of("de", "en", "fr").get(i % 3);
      bodies.add(threads.submit(() -> app.request(Request.get("/tea").withHeader("Accept-Language", language)).text()));
    }
    Waiters.untilCollapsed(cache, 29);
    opened.countDown();
    for (int i = 0; i < 30; i++) {
      assertEquals(List.of("de", "en", "fr").get(i % 3), bodies.get(i).get());
    }
    assertEquals(3, calls.get());
  }
}
