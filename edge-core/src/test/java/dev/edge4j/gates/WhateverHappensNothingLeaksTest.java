package dev.edge4j.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.BodyTap;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Next;
import dev.edge4j.Routes;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.InterruptWhenCancelled;
import dev.edge4j.middleware.Timeout;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.limits.Concurrency;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Time-outs inside time-outs, gates that wait, errors of every kind and clients that leave, all at once and against the machine's own
 * clock: each gate has both halves, each tap its end, each request its place back.
 */
@org.junit.jupiter.api.Timeout(120)
class WhateverHappensNothingLeaksTest {
  private static final int PLACES = 3;
  private static final int CLIENTS = 8;
  private static final int ROUNDS = 150;
  private static final List<String> ENDS = List.of("ok", "slow", "checked", "unchecked", "error", "overflow",
      "stream", "breaks", "body");

  private final AtomicInteger halves = new AtomicInteger();
  private final AtomicInteger taps = new AtomicInteger();
  private final AtomicInteger later = new AtomicInteger();

  /** Counts up in one half and down in the other, and taps the body. */
  private final class Balanced implements Gate {
    @Override
    public Verdict before(Context c) {
      taps.incrementAndGet();
      c.tap(new Ended());
      halves.incrementAndGet();
      return Verdict.pass();
    }

    @Override
    public Response after(Context c, Response response) {
      halves.decrementAndGet();
      return response;
    }
  }

  private final class Ended implements BodyTap {
    @Override
    public void chunk(ByteBuffer bytes) {}

    @Override
    public void end() {
      taps.decrementAndGet();
    }

    @Override
    public void abort() {
      taps.decrementAndGet();
    }
  }

  private static final class Waits implements Gate {
    @Override
    public Verdict before(Context c) {
      return Verdict.offload();
    }

    @Override
    public Response handle(Context c, Next next) throws Exception {
      return next.proceed();
    }
  }

  private static Timeout within(int micros) {
    return Timeout.after(Duration.ofNanos(micros * 1_000L));
  }

  private void ends(Routes to) {
    to.get("/ok", c -> c.text("ok"));
    to.get("/slow", c -> {
      new CountDownLatch(1).await(3, TimeUnit.MILLISECONDS);
      return c.text("slow");
    });
    to.get("/checked", _ -> {
      throw new IOException("checked");
    });
    to.get("/unchecked", _ -> {
      throw new IllegalStateException("unchecked");
    });
    to.get("/error", _ -> {
      throw new AssertionError("error");
    });
    to.get("/overflow", c -> {
      try {
        return c.text("depth " + deep(0));
      } catch (StackOverflowError e) {
        e.setStackTrace(new StackTraceElement[0]); // a thousand lines in the log say no more
        throw e;
      }
    });
    to.get("/stream", _ -> Response.of(200).withBody(new Body.Stream(out -> out.write(new byte[20_000]))));
    to.get("/breaks", _ -> Response.of(200).withBody(new Body.Stream(out -> {
      out.write(1);
      throw new IOException("in the middle");
    })));
    to.get("/body", c -> c.text(c.bodyText()));
  }

  @SuppressWarnings("InfiniteRecursion") // that is what it is for
  private static int deep(int depth) {
    return deep(depth + 1) + 1;
  }

  private App app() {
    var innermost = new App();
    innermost.use(new Balanced()).use(within(1_000)).use(new Waits(), new Balanced());
    ends(innermost);
    var middle = new App();
    middle.use(new Balanced(), new Waits()).use(within(1_500));
    ends(middle);
    middle.group("/group").use(new Balanced()).use(InterruptWhenCancelled.create()).mount("/inner", innermost);
    var app = new App();
    app.use(new Balanced());
    app.use((c, next) -> {
      later.incrementAndGet();
      c.waitUntil(later::decrementAndGet);
      return next.proceed();
    });
    app.use("/m/*", within(2_000));
    app.use(new Waits(), new Balanced());
    ends(app);
    app.mount("/m", middle);
    return app;
  }

  private static void ask(Served served, Random random) throws IOException {
    String prefix = List.of("", "/m", "/m/group/inner").get(random.nextInt(3));
    String target = prefix + "/" + ENDS.get(random.nextInt(ENDS.size()));
    try (RawClient client = served.client()) {
      client.send("GET " + target + " HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\n\r\nha");
      if (random.nextInt(3) == 0) {
        return; // leaves, somewhere on the way
      }
      client.send("lf");
      int status = client.reply().status();
      assertTrue(List.of(200, 400, 500, 503, 504).contains(status), target + " is " + status);
    } catch (IOException e) {
      assertTrue(target.endsWith("/breaks"), () -> target + ": " + e);
    }
  }

  @Test
  void underLoad() throws Exception {
    App app = app();
    var inside = new CountDownLatch(PLACES);
    app.get("/hold", c -> {
      inside.countDown();
      inside.await();
      return c.text("held");
    });
    try (var served = new Served(app, Served.OPTIONS.withConcurrency(Concurrency.defaults()
        .withMaxConcurrent(PLACES)
        .withQueue(2, Duration.ofSeconds(10)))); // who has left may be on the way still when the places are counted
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = IntStream.range(0, CLIENTS).<Future<?>>mapToObj(seed -> clients.submit(() -> {
        var random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
          ask(served, random);
        }
        return seed;
      })).toList();
      for (Future<?> each : all) {
        each.get();
      }
      while (halves.get() != 0 || taps.get() != 0 || later.get() != 0) {
        Thread.onSpinWait(); // the last clients have left, and what they began ends
      }
      assertTrue(app.drain(Duration.ofSeconds(30)));
      List<Future<Integer>> held = IntStream.range(0, PLACES)
          .mapToObj(_ -> clients.submit(() -> served.get("/hold").status()))
          .toList();
      for (Future<Integer> each : held) {
        assertEquals(200, each.get(), "every place is free");
      }
    }
    assertEquals(List.of(0, 0, 0), List.of(halves.get(), taps.get(), later.get()));
  }
}
