package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.HttpError;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is for one user reaches nobody else: not from the store, and not by waiting for it. */
class PrivateAnswersStayPrivateTest {
  private static final int USERS = 20;

  private final TestClock clock = new TestClock();
  private final AtomicInteger calls = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch opened = new CountDownLatch(1);

  @AfterEach
  void stop() {
    opened.countDown();
    threads.close();
  }

  private static App app(ResponseCache cache, Handler handler) {
    var app = new App();
    app.use("/*", cache);
    app.get("/account", handler);
    return app;
  }

  private List<Future<String>> ask(App app, String field) {
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      String user = "user-" + i;
      answers.add(threads.submit(() -> Waiters.body(app.request(Request.get("/account").withHeader(field, user)))));
    }
    return answers;
  }

  /** GHSA-6wqw-2p9w-4vw4: a cache that ignores {@code private} and {@code no-store} hands one user's page to the next. */
  @ParameterizedTest
  @ValueSource(strings = {"private, max-age=60", "no-store", "PRIVATE"})
  void advisory6wqw2p9w4vw4NeverHandsOneUsersAnswerToAnother(String control) throws Exception {
    for (boolean streams : List.of(false, true)) {
      ResponseCache cache = ResponseCache.create().clock(clock).ttl(Duration.ofMinutes(1));
      var first = new CountDownLatch(1);
      App app = app(cache, c -> {
        String user = c.header("Cookie").orElseThrow();
        first.await();
        Response own = c.text(user).withHeader("Cache-Control", control);
        return streams ? own.withBody(new Body.Stream(out -> out.write(user.getBytes(
            java.nio.charset.StandardCharsets.UTF_8))))
            : own;
      });
      List<Future<String>> answers = ask(app, "Cookie");
      Waiters.untilCollapsed(cache, USERS - 1); // all of them wait for the first one's page
      first.countDown();
      for (int i = 0; i < USERS; i++) {
        assertEquals("user-" + i, answers.get(i).get());
      }
      assertEquals(0, cache.stats().of(ResponseEvent.STORED));
    }
  }

  @Test
  void answersThatSetCookiesAreForOne() throws Exception {
    ResponseCache cache = ResponseCache.create().clock(clock);
    App app = app(cache, c -> {
      opened.await();
      return c.text(c.header("Cookie").orElseThrow())
          .withHeader("Cache-Control", "max-age=60")
          .withHeader("Set-Cookie",
              "id=" + calls.incrementAndGet());
    });
    List<Future<String>> answers = ask(app, "Cookie");
    Waiters.untilCollapsed(cache, USERS - 1);
    opened.countDown();
    for (int i = 0; i < USERS; i++) {
      assertEquals("user-" + i, answers.get(i).get());
    }
    assertEquals(USERS, calls.get());
  }

  @Test
  void whoAuthenticatesWaitsForNobody() throws Exception {
    var together = new CountDownLatch(USERS);
    App app = app(ResponseCache.create().clock(clock), c -> {
      together.countDown();
      Waiting.until(together); // all of them are here at once
      return c.text(c.header("Authorization").orElseThrow()).withHeader("Cache-Control", "max-age=60");
    });
    List<Future<String>> answers = ask(app, "Authorization");
    for (int i = 0; i < USERS; i++) {
      assertEquals("user-" + i, answers.get(i).get());
    }
  }

  @Test
  void releasedWaitersGoInParallelAndTheKeyIsRemembered() throws Exception {
    ResponseCache cache = ResponseCache.create().clock(clock);
    var together = new CountDownLatch(USERS - 1);
    App app = app(cache, c -> {
      if (calls.incrementAndGet() == 1) {
        Waiting.until(opened);
      } else if (calls.get() <= USERS) {
        together.countDown();
        Waiting.until(together);
      }
      String control = calls.get() > 2 * USERS ? "max-age=60" : "private";
      return c.text(c.header("Cookie").orElse("-")).withHeader("Cache-Control", control);
    });
    List<Future<String>> answers = ask(app, "Cookie");
    Waiters.untilCollapsed(cache, USERS - 1);
    opened.countDown();
    for (Future<String> answer : answers) {
      answer.get();
    }
    long collapsed = cache.stats().of(ResponseEvent.COLLAPSED);
    while (calls.get() < 2 * USERS) {
      app.request("/account");
    }
    assertEquals(collapsed, cache.stats().of(ResponseEvent.COLLAPSED));
    assertTrue(cache.stats().of(ResponseEvent.HIT_FOR_MISS) >= USERS);
    app.request("/account"); // storable now: the marker goes
    assertEquals("HIT", app.request("/account").header("X-Cache").orElseThrow());
  }

  @Test
  void whatFailedForOneAloneIsNotThatOfOthers() throws Exception {
    ResponseCache cache = ResponseCache.create().clock(clock);
    App app = app(cache, c -> {
      Waiting.until(opened);
      if (c.header("Cookie").orElse("").equals("user-0")) {
        throw new HttpError(403, "not you");
      }
      return c.text("in").withHeader("Cache-Control", "private");
    });
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String user = "user-" + i;
      answers.add(threads.submit(() -> app.request(Request.get("/account").withHeader("Cookie", user)).status()));
      long waiting = i;
      Waiting.until(() -> cache.stats().of(ResponseEvent.COLLAPSED) == waiting && cache.stats()
          .of(ResponseEvent.MISS) == 1);
    }
    opened.countDown();
    assertEquals(403, answers.get(0).get());
    assertEquals(200, answers.get(1).get());
    assertEquals(200, answers.get(2).get());
  }

  @Test
  void eventStreamsAreEachTheirOwn() throws Exception {
    ResponseCache cache = ResponseCache.create().clock(clock);
    App app = app(cache, c -> new Response(200, Headers.of("Content-Type", "text/event-stream", "Cache-Control",
        "max-age=60"), new Body.Stream(out -> out.write(calls.incrementAndGet()))));
    for (int i = 1; i <= 3; i++) {
      assertEquals(String.valueOf((char) i), Waiters.body(app.request("/account")));
    }
    assertEquals(0, cache.stats().of(ResponseEvent.STORED));
  }
}
