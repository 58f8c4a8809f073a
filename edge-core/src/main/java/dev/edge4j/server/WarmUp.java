package dev.edge4j.server;

import dev.edge4j.App;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that a server asks its application before it listens, so that the first visitor meets classes that are loaded and caches that
 * are filled. They are answered in process, by the whole chain, on a virtual thread; what they answer is thrown away, a stream unread.
 * {@link dev.edge4j.Context#isWarmUp} tells them from real ones: a rate limit counts them for nobody, and no access log has them. None by
 * default, for only the application knows which of its pages have no side effects.
 *
 * @param requests of safe methods
 * @param rounds how often each is asked
 * @param deadline after which the server starts all the same
 */
public record WarmUp(List<Request> requests, int rounds, Duration deadline) {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int ROUNDS = 20;

  /** {@link IllegalArgumentException} for a method that is not safe (RFC 9110 section 9.2.1). */
  public WarmUp {
    requests = List.copyOf(requests);
    requests.stream().map(Request::method).filter(method -> !method.isSafe()).forEach(WarmUp::refuse);
  }

  /** No requests. */
  public static WarmUp none() {
    return new WarmUp(List.of(), 0, DEADLINE);
  }

  /** GET of each target, 20 times, for at most 30 seconds. */
  public static WarmUp get(String... targets) {
    return new WarmUp(List.of(targets).stream().map(Request::get).toList(), ROUNDS, DEADLINE);
  }

  public WarmUp withRounds(int newRounds) {
    return new WarmUp(requests, newRounds, deadline);
  }

  public WarmUp withDeadline(Duration newDeadline) {
    return new WarmUp(requests, rounds, newDeadline);
  }

  /** Asks them all; returns when they are answered or the time is over. */
  void run(App app) {
    if (requests.isEmpty()) {
      return;
    }
    var done = new CountDownLatch(1);
    long end = System.nanoTime() + deadline.toNanos();
    Thread.ofVirtual().name("edge4j-warm-up").start(() -> {
      try {
        ask(app, end);
      } finally {
        done.countDown();
      }
    });
    try {
      if (!done.await(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("the warm-up still ran after {}; the server starts without its end", deadline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(App app, long end) {
    for (int round = 0; round < rounds; round++) {
      for (Request request : requests) {
        if (System.nanoTime() - end >= 0) {
          return;
        }
        int status = status(app, request);
        if (status >= 500 && round == 0) {
          LOG.warn("the warm-up got {} for {} {}", status, request.method(), request.target().raw());
        }
      }
    }
  }

  private static int status(App app, Request request) {
    try {
      return app.warmUp(request).status();
    } catch (Error e) { // a server would answer 500 too, and go on
      LOG.warn("the warm-up failed", e);
      return 500;
    }
  }

  private static void refuse(Method method) {
    throw new IllegalArgumentException("method of a warm-up request: " + method + " (expected: a safe one, as GET)");
  }
}
